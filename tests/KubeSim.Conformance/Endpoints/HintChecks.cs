using System.Globalization;
using KubeSim.Api;
using KubeSim.Conformance.Reading;
using KubeSim.Controllers.EndpointSlices;

namespace KubeSim.Conformance.Endpoints;

/// <summary>Which endpoints prefer which zone or node.</summary>
internal static class HintChecks
{
    private static readonly string[] Lists = ["toCreate", "toUpdate", "unchanged"];

    /// <summary>Hints by the zones' capacity.</summary>
    public static void CheckTopology(CaseNode file, CaseNode one, Findings findings)
    {
        CaseNode input = one["input"];
        List<EndpointSlice>[] slices = [.. Lists.Select(list => Read(input[list]))];
        var shares = new SortedDictionary<string, double>(input["cpuRatioByZone"].Entries.ToDictionary(entry => entry.Key, entry => (double)entry.Value.Decimal), StringComparer.Ordinal);
        string problem = new TopologyHints(slices[0], slices[1], slices[2]).Give(shares);
        CaseNode expect = one["expect"];
        findings.Check(expect["slicesToCreate"], slices[0].Count, expect["slicesToCreate"].Int);
        findings.Check(expect["slicesToUpdate"], slices[1].Count, expect["slicesToUpdate"].Int);
        findings.Check(expect["slicesUnchanged"], slices[2].Count, expect["slicesUnchanged"].Int);
        SliceGroupChecks.CheckHints(expect, [.. slices.SelectMany(list => list).SelectMany(slice => slice.Endpoints)], findings);
        string outcome = problem.Length == 0 ? "Normal TopologyAwareHintsEnabled Topology Aware Hints has been enabled" : $"Warning TopologyAwareHintsDisabled {problem}";
        findings.CheckSet(expect["events"], [$"{outcome}, addressType: {input["addressType"].Text}"], expect.Texts("events"));
    }

    /// <summary>How many endpoints change zones.</summary>
    public static void CheckExchange(CaseNode file, CaseNode one, Findings findings)
    {
        (SortedDictionary<string, int> giving, SortedDictionary<string, int> receiving) = ZoneAllocation.Exchange(
            one["desired"].Entries.ToDictionary(entry => entry.Key, entry => (double)entry.Value.Decimal, StringComparer.Ordinal),
            one["allocatedHints"].Entries.ToDictionary(entry => entry.Key, entry => entry.Value.Int, StringComparer.Ordinal));
        findings.CheckSet(one["expect"]["giving"], giving.Select(zone => Entry(zone.Key, zone.Value)), one["expect"]["giving"].Entries.Select(zone => Entry(zone.Key, zone.Value.Int)));
        findings.CheckSet(one["expect"]["receiving"], receiving.Select(zone => Entry(zone.Key, zone.Value)), one["expect"]["receiving"].Entries.Select(zone => Entry(zone.Key, zone.Value.Int)));
    }

    /// <summary>Hints by spec.trafficDistribution.</summary>
    public static void CheckTrafficDistribution(CaseNode file, CaseNode one, Findings findings)
    {
        CaseNode input = one["input"];
        SliceHints hints = SliceHints.Of(new Service { Spec = new() { TrafficDistribution = input.Find("trafficDistribution") is { IsNull: false } distribution ? distribution.Text : null } });
        List<EndpointSlice>[] slices = [.. Lists.Select(list => Read(input[list]))];
        slices[1].AddRange(slices[2].Where(slice => hints.AreMissing(slice.Endpoints)));
        slices[2].RemoveAll(slice => hints.AreMissing(slice.Endpoints));
        for (int i = 0; i < Lists.Length; i++)
        {
            findings.CheckSet(
                one["expect"], slices[i].Select(slice => SliceTexts.Set((i == 2 ? slice.Endpoints : hints.Give(slice.Endpoints)).Select(endpoint => SliceTexts.Of(endpoint, withHints: true)))),
                one["expect"][Lists[i]].Items.Select(slice => SliceTexts.Set(slice["endpoints"].Items.Select(SliceTexts.Of))), Lists[i]);
        }
    }

    private static List<EndpointSlice> Read(CaseNode list) => [.. list.Items.Select((slice, i) => new EndpointSlice
    {
        Metadata = new() { Name = slice.Find("name")?.Text ?? Entry("slice", i) },
        AddressType = slice.Find("addressType")?.Text ?? "",
        Endpoints = [.. slice["endpoints"].Items.Select(Endpoint)],
    })];

    private static Endpoint Endpoint(CaseNode node) => ((EndpointSlice)ObjectMapping.Read(JsonValue.OfObject(
    [
        new JsonField("apiVersion", JsonValue.OfText("discovery.k8s.io/v1")),
        new JsonField("kind", JsonValue.OfText("EndpointSlice")),
        new JsonField("endpoints", JsonValue.OfList([node.Whole])),
    ]), [])).Endpoints[0];

    private static string Entry(string zone, int count) => string.Create(CultureInfo.InvariantCulture, $"{zone}={count}");
}
