using KubeSim.Addressing;
using KubeSim.Api;
using KubeSim.Dataplane;
using KubeSim.LoadBalancing;
using KubeSim.Tracing;

namespace KubeSim.Proxy;

/// <summary>The endpoints of a service port as its slices list them, and in words why a node uses only some.</summary>
/// <source>kubernetes v1.36, pkg/proxy/topology.go: CategorizeEndpoints</source>
internal sealed class ListedEndpoints(SlicePart[] parts, EndpointUse use) : IListedEndpoints
{
    public int Count
    {
        get
        {
            int count = 0;
            foreach (SlicePart part in parts)
            {
                count += part.Counts.All;
            }

            return count;
        }
    }

    public EndpointChoice Explain(string node, string? zone, BackendSet candidates, string? localPolicy)
    {
        var endpoints = new List<SliceEndpoint>();
        EndpointCounts counts = default;
        foreach (SlicePart part in EndpointCategorizer.WithoutDuplicates(parts))
        {
            endpoints.AddRange(part.Endpoints);
            counts += part.Counts;
        }

        var picked = new List<IpPort>(candidates.Count);
        var known = new HashSet<IpPort>(candidates.Count);
        for (int i = 0; i < candidates.Count; i++)
        {
            picked.Add(candidates[i].Address);
            known.Add(candidates[i].Address);
        }

        bool usesNodeHints = UsesNodeHints(endpoints, counts, node);
        var leftOut = new List<LeftOut>();
        foreach (SliceEndpoint endpoint in endpoints)
        {
            if (!known.Contains(endpoint.Backend.Address))
            {
                leftOut.Add(new(endpoint.Backend.Address, PodOf(endpoint), Why(endpoint, node, zone, localPolicy, usesNodeHints)));
            }
        }

        string? ignored = localPolicy is null && known.Count > 0 ? WhyHintsAreIgnored(endpoints, counts, node, zone) : null;
        return new EndpointChoice([.. picked], [.. leftOut], ignored);
    }

    private static string? PodOf(SliceEndpoint endpoint) =>
        endpoint.Source.TargetRef is { Kind: "Pod", Name: { } name } pod ? pod.Namespace is null ? name : $"{pod.Namespace}/{name}" : null;

    private static string Why(SliceEndpoint endpoint, string node, string? zone, string? localPolicy, bool usesNodeHints)
    {
        if (!endpoint.IsReady)
        {
            return !endpoint.IsTerminating ? "not ready" : !endpoint.IsServing ? "terminating, and serves no longer"
                : localPolicy is not null && endpoint.Source.NodeName != node ? Elsewhere(endpoint, node, localPolicy)
                : "terminating, and others are ready";
        }

        return localPolicy is not null ? Elsewhere(endpoint, node, localPolicy)
            : usesNodeHints ? $"hint names {Names(endpoint.Source.Hints!.ForNodes.Select(hint => hint.Name), "node")}, this is {node}"
            : $"hint names {Names(endpoint.Source.Hints?.ForZones.Select(hint => hint.Name) ?? [], "zone")}, node is in {zone}";
    }

    private static string Elsewhere(SliceEndpoint endpoint, string node, string localPolicy) =>
        $"on {endpoint.Source.NodeName ?? "no node"}, not on {node}, and {localPolicy} is Local";

    private static string Names(IEnumerable<string> names, string one)
    {
        string[] all = [.. names];
        return $"{one}{(all.Length == 1 ? "" : "s")} {string.Join(", ", all)}";
    }

    private bool UsesNodeHints(List<SliceEndpoint> endpoints, EndpointCounts counts, string node) =>
        use.NodeHints && counts.UsesNodeHints && endpoints.Exists(endpoint => endpoint.IsReady && NamesNode(endpoint, node));

    private string? WhyHintsAreIgnored(List<SliceEndpoint> endpoints, EndpointCounts counts, string node, string? zone)
    {
        if (counts.ZoneHints + counts.NodeHints == 0 || UsesNodeHints(endpoints, counts, node))
        {
            return null;
        }

        if (counts.ZoneHints == 0)
        {
            return !use.NodeHints ? "hints for nodes are not read"
                : Without(endpoints, endpoint => endpoint.HasNodeHints) ?? $"none names {node}";
        }

        return zone is null ? $"{node} has no zone"
            : Without(endpoints, endpoint => endpoint.HasZoneHints)
            ?? (endpoints.Exists(endpoint => endpoint.IsReady && NamesZone(endpoint, zone)) ? null : $"none names zone {zone}, where {node} is");
    }

    /// <summary>Names an endpoint that has no hint: one is enough.</summary>
    private static string? Without(List<SliceEndpoint> endpoints, Predicate<SliceEndpoint> hasHint) =>
        endpoints.Find(endpoint => endpoint.IsReady && !hasHint(endpoint)) is { } without ? $"endpoint {without.Backend.Address} has none" : null;

    private static bool NamesNode(SliceEndpoint endpoint, string node)
    {
        foreach (ForNode hint in endpoint.Source.Hints?.ForNodes ?? default)
        {
            if (hint.Name == node)
            {
                return true;
            }
        }

        return false;
    }

    private static bool NamesZone(SliceEndpoint endpoint, string zone)
    {
        foreach (ForZone hint in endpoint.Source.Hints?.ForZones ?? default)
        {
            if (hint.Name == zone)
            {
                return true;
            }
        }

        return false;
    }
}
