using System.Globalization;
using KubeSim.Api;
using KubeSim.Conformance.Reading;

namespace KubeSim.Conformance.Endpoints;

/// <summary>The Endpoints after a sync.</summary>
internal static class EndpointsChecks
{
    public static void Check(CaseNode expect, ControllersUnderTest world, SyncOutcome outcome, Findings findings)
    {
        if (expect.Find("endpointsWrite") is { } write)
        {
            findings.Check(write, WriteOf(outcome.Endpoints), write.Text);
        }

        if (expect.Find("endpointsObjects") is not { } expected)
        {
            return;
        }

        bool isCounted = expected.Items.Any(one => one.Has("subsetCounts"));
        findings.CheckSet(expected, world.Endpoints.Values.Select(endpoints => Text(endpoints, isCounted)), expected.Items.Select(one => Text(one, isCounted)));
    }

    private static string WriteOf(WriteCounts writes) => writes switch
    {
        { Creates: 0, Updates: 0, Deletes: 0 } => "none",
        { Creates: 1, Updates: 0, Deletes: 0 } => "create",
        { Creates: 0, Updates: 1, Deletes: 0 } => "update",
        { Creates: 0, Updates: 0, Deletes: 1 } => "delete",
        _ => writes.ToString(),
    };

    private static string Text(Api.Endpoints endpoints, bool isCounted) => string.Join(
        ' ', Environment.NewLine, endpoints.Name, SliceTexts.OfLabels(endpoints.Metadata.Labels), SliceTexts.OfLabels(endpoints.Metadata.Annotations),
        SliceTexts.Set(endpoints.Subsets.Select(subset => isCounted ? Counts(subset.Addresses.Length, subset.NotReadyAddresses.Length, SliceTexts.OfPorts(subset.Ports))
            : $"{Addresses(subset.Addresses)} {Addresses(subset.NotReadyAddresses)} {SliceTexts.OfPorts(subset.Ports)}")));

    private static string Text(CaseNode one, bool isCounted) => string.Join(
        ' ', Environment.NewLine, new NamespacedName(one["namespace"].Text, one["name"].Text), SliceTexts.OfLabels(one["labels"]), SliceTexts.OfLabels(one["annotations"]),
        SliceTexts.Set(one[isCounted ? "subsetCounts" : "subsets"].Items.Select(subset => isCounted ? Counts(subset["ready"].Int, subset["notReady"].Int, Ports(subset))
            : $"{Addresses(subset.Find("addresses"))} {Addresses(subset.Find("notReadyAddresses"))} {Ports(subset)}")));

    private static string Ports(CaseNode subset) => subset.Find("ports") is { IsNull: false } ports ? SliceTexts.OfPorts(ports) : "[]";

    private static string Counts(int ready, int notReady, string ports) => string.Create(CultureInfo.InvariantCulture, $"{ready}/{notReady} {ports}");

    /// <summary>In their order.</summary>
    private static string Addresses(IEnumerable<EndpointAddress> addresses) => string.Join(", ", addresses.Select(address =>
        $"{address.IP} {address.Hostname} {address.NodeName} {(address.TargetRef is { } target ? $"{target.Kind} {target.Namespace} {target.Name} {target.Uid}" : "-")}"));

    private static string Addresses(CaseNode? addresses) => string.Join(", ", addresses?.Items.Select(address =>
        $"{address["ip"].Text} {address.Find("hostname")?.Text} {address.Find("nodeName")?.Text} {Target(address.Find("targetRef"))}") ?? []);

    private static string Target(CaseNode? target) =>
        target is null ? "-" : $"{target.Find("kind")?.Text} {target.Find("namespace")?.Text} {target.Find("name")?.Text} {target.Find("uid")?.Text}";
}
