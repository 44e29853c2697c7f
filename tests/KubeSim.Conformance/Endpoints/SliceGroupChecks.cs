using System.Globalization;
using KubeSim.Api;
using KubeSim.Conformance.Reading;

namespace KubeSim.Conformance.Endpoints;

/// <summary>Slices where the real controller is free in what it puts where: what holds for all of one Service, address type and set of ports.</summary>
internal static class SliceGroupChecks
{
    public static void Check(CaseNode expected, ControllersUnderTest world, Findings findings)
    {
        Dictionary<string, EndpointSlice[]> groups = world.Slices.Values.GroupBy(KeyOf).ToDictionary(group => group.Key, group => group.ToArray(), StringComparer.Ordinal);
        findings.CheckSet(expected, groups.Keys, expected.Items.Select(KeyOf), "groups");
        foreach (CaseNode group in expected.Items)
        {
            if (groups.TryGetValue(KeyOf(group), out EndpointSlice[]? slices))
            {
                Check(group, slices, findings);
            }
        }
    }

    private static string KeyOf(EndpointSlice slice) => string.Join(
        ' ', slice.Metadata.Labels[WellKnownLabels.ServiceName], slice.Metadata.Labels[WellKnownLabels.SliceManagedBy], slice.AddressType, SliceTexts.OfPorts(slice));

    private static string KeyOf(CaseNode group) =>
        string.Join(' ', group["service"].Text, group["managedBy"].Text, group["addressType"].Text, SliceTexts.OfPorts(group["ports"]));

    private static void Check(CaseNode group, EndpointSlice[] slices, Findings findings)
    {
        Endpoint[] endpoints = [.. slices.SelectMany(slice => slice.Endpoints)];
        foreach (EndpointSlice slice in slices)
        {
            findings.Check(group["labels"], SliceTexts.OfLabels(slice.Metadata.Labels), SliceTexts.OfLabels(group["labels"]));
        }

        string sizes = Sizes(slices.Select(slice => slice.Endpoints.Length).OrderDescending());
        if (group.Find("sliceSizes") is { } exact)
        {
            findings.Check(exact, sizes, Sizes(exact.Items.Select(size => size.Int)));
        }
        else if (!group["sliceSizesAnyOf"].Items.Select(choice => Sizes(choice.Items.Select(size => size.Int))).ToArray().Contains(sizes, StringComparer.Ordinal))
        {
            findings.Add(group["sliceSizesAnyOf"], $"found {sizes}");
        }

        bool areHintsFree = group.Has("hintsByZone");
        if (group.Find("endpoints") is { } union)
        {
            findings.CheckSet(union, endpoints.Select(endpoint => SliceTexts.Of(endpoint, !areHintsFree)), union.Items.Select(SliceTexts.Of));
        }

        if (group.Has("endpointCount"))
        {
            findings.Check(group, SliceChecks.Counts(endpoints, group.Has("endpointPods")), SliceChecks.Counts(group));
        }

        CheckHints(group, endpoints, findings);
    }

    /// <summary>How hints are distributed over zones.</summary>
    public static void CheckHints(CaseNode group, Endpoint[] endpoints, Findings findings)
    {
        if (group.Find("hintsByZone") is { } byZone)
        {
            findings.CheckSet(
                byZone, endpoints.SelectMany(endpoint => endpoint.Hints?.ForZones ?? []).CountBy(zone => zone.Name).Select(zone => Entry(zone.Key, zone.Value)),
                byZone.Entries.Select(entry => Entry(entry.Key, entry.Value.Int)));
        }

        if (group.Find("crossZoneHints") is { } cross)
        {
            findings.Check(cross, endpoints.Count(endpoint => endpoint.Hints is { ForZones: { IsEmpty: false } zones } && zones[0].Name != endpoint.Zone), cross.Int);
        }

        if (group.Find("endpointsWithoutHints") is { } without)
        {
            findings.Check(without, endpoints.Count(endpoint => endpoint.Hints is null or { ForZones.IsEmpty: true }), without.Int);
        }
    }

    private static string Sizes(IEnumerable<int> sizes) => string.Join(' ', sizes.Select(size => size.ToString(CultureInfo.InvariantCulture)));

    private static string Entry(string zone, int count) => string.Create(CultureInfo.InvariantCulture, $"{zone}={count}");
}
