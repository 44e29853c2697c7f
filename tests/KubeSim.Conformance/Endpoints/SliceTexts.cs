using System.Globalization;
using KubeSim.Api;
using KubeSim.Conformance.Reading;

namespace KubeSim.Conformance.Endpoints;

/// <summary>Slices as texts in which the order of ports, endpoints and addresses does not show, so that they can be compared as sets.</summary>
internal static class SliceTexts
{
    public static string OfPorts(EndpointSlice slice) => OfPorts(slice.Ports);

    public static string OfPorts(IEnumerable<EndpointPort> ports) =>
        Set(ports.Select(port => string.Create(CultureInfo.InvariantCulture, $"{port.Name}:{port.Port}/{port.Protocol}{(string.IsNullOrEmpty(port.AppProtocol) ? "" : " " + port.AppProtocol)}")));

    public static string OfPorts(CaseNode ports) => Set(ports.Items.Select(port =>
        $"{port.Find("name")?.Text}:{port.Find("port")?.Scalar}/{port.Find("protocol")?.Text}{(port.Find("appProtocol") is { } app ? " " + app.Text : "")}"));

    public static string Of(Endpoint endpoint, bool withHints) => string.Join(
        ' ', Set(endpoint.Addresses), Of(endpoint.Conditions), "hostname=" + endpoint.Hostname, "node=" + endpoint.NodeName, "zone=" + endpoint.Zone,
        Of(endpoint.TargetRef), withHints && endpoint.Hints is { } hints ? $"zones={Set(hints.ForZones.Select(zone => zone.Name))} nodes={Set(hints.ForNodes.Select(node => node.Name))}" : "");

    public static string Of(CaseNode endpoint) => string.Join(
        ' ', Set(endpoint.Texts("addresses")), OfConditions(endpoint["conditions"]), "hostname=" + endpoint.Find("hostname")?.Text, "node=" + endpoint.Find("nodeName")?.Text,
        "zone=" + endpoint.Find("zone")?.Text, OfTarget(endpoint.Find("targetRef")), endpoint.Find("hints") is { } hints ? $"zones={OfNames(hints, "forZones")} nodes={OfNames(hints, "forNodes")}" : "");

    public static string OfLabels(LabelSet labels) => Set(labels.Select(label => $"{label.Key}={label.Value}"));

    public static string OfLabels(CaseNode? labels) => Set(labels?.Entries.Select(entry => $"{entry.Key}={entry.Value.Text}") ?? []);

    public static string OfOwners(EndpointSlice slice) =>
        Set(slice.Metadata.OwnerReferences.Select(owner => $"{owner.ApiVersion} {owner.Kind} {owner.Name} {owner.Uid} {owner.Controller == true} {owner.BlockOwnerDeletion == true}"));

    public static string OfOwners(CaseNode? owners) => Set(owners?.Items.Select(owner =>
        $"{owner["apiVersion"].Text} {owner["kind"].Text} {owner["name"].Text} {owner["uid"].Text} {owner.Find("controller")?.Boolean == true} {owner.Find("blockOwnerDeletion")?.Boolean == true}") ?? []);

    public static string Set(IEnumerable<string> texts) => "[" + string.Join(", ", texts.Order(StringComparer.Ordinal)) + "]";

    private static string OfNames(CaseNode hints, string key) => Set(hints.Find(key)?.Items.Select(hint => hint["name"].Text) ?? []);

    private static string Of(EndpointConditions conditions) => $"ready={conditions.Ready} serving={conditions.Serving} terminating={conditions.Terminating}";

    private static string OfConditions(CaseNode conditions) =>
        $"ready={conditions.Find("ready")?.Boolean} serving={conditions.Find("serving")?.Boolean} terminating={conditions.Find("terminating")?.Boolean}";

    private static string Of(ObjectReference? target) => target is null ? "-" : $"{target.Kind} {target.Namespace} {target.Name} {target.Uid}";

    private static string OfTarget(CaseNode? target) =>
        target is null ? "-" : $"{target.Find("kind")?.Text} {target.Find("namespace")?.Text} {target.Find("name")?.Text} {target.Find("uid")?.Text}";
}
