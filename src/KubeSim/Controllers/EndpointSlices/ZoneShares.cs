using System.Globalization;
using KubeSim.Api;

namespace KubeSim.Controllers.EndpointSlices;

/// <summary>Which part of the processors of a cluster each zone has: of the nodes that are ready and not of the control plane.</summary>
/// <source>kubernetes v1.36, staging/src/k8s.io/endpointslice/topologycache, topologycache.go: SetNodes</source>
internal static class ZoneShares
{
    private static readonly string[] ControlPlaneLabels = ["node-role.kubernetes.io/control-plane", "node-role.kubernetes.io/master"];

    /// <summary>The shares by zone, which add up to 1; null where a node does not say enough, or there are fewer than two zones.</summary>
    public static SortedDictionary<string, double>? Of(IEnumerable<Node> nodes)
    {
        var cpus = new SortedDictionary<string, long>(StringComparer.Ordinal);
        long all = 0;
        foreach (Node node in nodes)
        {
            if (!Counts(node))
            {
                continue;
            }

            long cpu = MilliCpusOf(node);
            if (node.Metadata.Labels[WellKnownLabels.Zone] is not { Length: > 0 } zone || cpu == 0)
            {
                return null;
            }

            cpus[zone] = cpus.GetValueOrDefault(zone) + cpu;
            all += cpu;
        }

        if (cpus.Count < 2)
        {
            return null;
        }

        var shares = new SortedDictionary<string, double>(StringComparer.Ordinal);
        foreach ((string zone, long cpu) in cpus)
        {
            shares.Add(zone, (double)cpu / all);
        }

        return shares;
    }

    /// <summary>Whether a change of a node may change the shares.</summary>
    public static bool AreTouched(Node before, Node now) =>
        before.Metadata.Labels[WellKnownLabels.Zone] != now.Metadata.Labels[WellKnownLabels.Zone] || Counts(before) != Counts(now) || MilliCpusOf(before) != MilliCpusOf(now);

    private static bool Counts(Node node) =>
        Conditions.Find(node.Status.Conditions, "Ready")?.Status == ConditionStatus.True && !Array.Exists(ControlPlaneLabels, node.Metadata.Labels.ContainsKey);

    /// <summary>Thousandths of processors; 0 where the node does not say, or not in a way that processors are counted in.</summary>
    private static long MilliCpusOf(Node node)
    {
        string text = node.Status.Carried["allocatable"]?["cpu"]?.Text ?? "";
        bool isMilli = text.EndsWith('m');
        return decimal.TryParse(isMilli ? text[..^1] : text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal number) && number <= int.MaxValue
            ? (long)(isMilli ? number : number * 1000) : 0;
    }
}
