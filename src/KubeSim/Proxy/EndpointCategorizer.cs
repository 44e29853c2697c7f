using KubeSim.Addressing;
using KubeSim.Collections;
using KubeSim.Dataplane;
using KubeSim.LoadBalancing;

namespace KubeSim.Proxy;

/// <summary>
/// Which endpoints of a service port may be used, for every node of the cluster at once: what differs between nodes is a set
/// of the node's name or zone. One chunk of each set for each slice.
/// </summary>
/// <source>kubernetes v1.36, pkg/proxy/topology.go: CategorizeEndpoints</source>
internal static class EndpointCategorizer
{
    /// <summary>Looks at everything.</summary>
    /// <param name="parts">The slices with this port, in the order of their names, no address twice.</param>
    /// <param name="use">Which lists are needed.</param>
    public static EndpointSets Categorize(IReadOnlyList<SlicePart> parts, EndpointUse use)
    {
        EndpointCounts counts = default;
        foreach (SlicePart part in parts)
        {
            counts += part.Counts;
        }

        return parts.Count == 0 ? EndpointSets.Empty : new(use.Cluster ? Cluster(parts, counts, use) : BackendSelection.Empty, use.Local ? Local(parts) : BackendSelection.Empty, counts);
    }

    /// <summary>The same where only one slice differs and the counts lead to the same way of choosing.</summary>
    /// <param name="sets">The result before.</param>
    /// <param name="parts">The slices now.</param>
    /// <param name="changed">The place of the slice that differs.</param>
    /// <param name="before">That slice before.</param>
    /// <param name="use">Which lists are needed.</param>
    public static EndpointSets Exchange(EndpointSets sets, IReadOnlyList<SlicePart> parts, int changed, SlicePart before, EndpointUse use)
    {
        SlicePart now = parts[changed];
        EndpointCounts counts = sets.Counts - before.Counts + now.Counts;
        BackendSelection cluster = sets.Cluster;
        if (use.Cluster)
        {
            EquatableArray<Backend> chunk = Preferred(now, counts);
            cluster = cluster.Everybody.Chunk(changed) == chunk ? cluster : cluster.WithEverybody(cluster.Everybody.WithChunk(changed, chunk));
            cluster = use.NodeHints && counts.UsesNodeHints ? WithNodes(cluster, parts, Differing(before.ReadyForNode, now.ReadyForNode)) : cluster;
            cluster = counts.UsesZoneHints ? WithZones(cluster, parts, Differing(before.ReadyForZone, now.ReadyForZone)) : cluster;
        }

        BackendSelection local = sets.Local;
        if (use.Local)
        {
            local = WithLocal(local, parts, Differing(before.ReadyOnNode, now.ReadyOnNode).Union(Differing(before.FallbackOnNode, now.FallbackOnNode), StringComparer.Ordinal));
        }

        return new(cluster, local, counts);
    }

    /// <summary>Whether the same way of choosing follows from both.</summary>
    public static bool ChooseAlike(EndpointCounts left, EndpointCounts right) =>
        left.Ready > 0 == right.Ready > 0 && left.UsesNodeHints == right.UsesNodeHints && left.UsesZoneHints == right.UsesZoneHints;

    /// <summary>Leaves each address in only one place: that of the first endpoint that does not terminate, else of the first.</summary>
    public static IReadOnlyList<SlicePart> WithoutDuplicates(IReadOnlyList<SlicePart> parts)
    {
        var winners = new Dictionary<IpPort, SliceEndpoint>();
        foreach (SlicePart part in parts)
        {
            foreach (SliceEndpoint endpoint in part.Endpoints)
            {
                if (!winners.TryAdd(endpoint.Backend.Address, endpoint) && winners[endpoint.Backend.Address].IsTerminating && !endpoint.IsTerminating)
                {
                    winners[endpoint.Backend.Address] = endpoint;
                }
            }
        }

        return [.. parts.Select(part => part.Only(endpoint => ReferenceEquals(winners[endpoint.Backend.Address], endpoint)))];
    }

    private static BackendSelection Cluster(IReadOnlyList<SlicePart> parts, EndpointCounts counts, EndpointUse use)
    {
        BackendSelection cluster = BackendSelection.Of(SetOf(parts, part => Preferred(part, counts)));
        cluster = use.NodeHints && counts.UsesNodeHints ? WithNodes(cluster, parts, NamesIn(parts, part => part.ReadyForNode)) : cluster;
        return counts.UsesZoneHints ? WithZones(cluster, parts, NamesIn(parts, part => part.ReadyForZone)) : cluster;
    }

    private static BackendSelection Local(IReadOnlyList<SlicePart> parts) =>
        WithLocal(BackendSelection.Empty, parts, NamesIn(parts, part => part.ReadyOnNode).Union(NamesIn(parts, part => part.FallbackOnNode), StringComparer.Ordinal));

    private static IEnumerable<string> NamesIn(IReadOnlyList<SlicePart> parts, Func<SlicePart, BackendsByName> byName) =>
        parts.SelectMany(part => byName(part).Names).Distinct(StringComparer.Ordinal);

    private static IEnumerable<string> Differing(BackendsByName before, BackendsByName now) =>
        before.Names.Union(now.Names, StringComparer.Ordinal).Where(name => before[name] != now[name]);

    private static EquatableArray<Backend> Preferred(SlicePart part, EndpointCounts counts) => counts.Ready > 0 ? part.Ready : part.Fallback;

    private static BackendSelection WithNodes(BackendSelection selection, IReadOnlyList<SlicePart> parts, IEnumerable<string> names)
    {
        foreach (string node in names)
        {
            selection = selection.WithNode(node, NullIfEmpty(SetOf(parts, part => part.ReadyForNode[node])));
        }

        return selection;
    }

    private static BackendSelection WithZones(BackendSelection selection, IReadOnlyList<SlicePart> parts, IEnumerable<string> names)
    {
        foreach (string zone in names)
        {
            selection = selection.WithZone(zone, NullIfEmpty(SetOf(parts, part => part.ReadyForZone[zone])));
        }

        return selection;
    }

    private static BackendSelection WithLocal(BackendSelection selection, IReadOnlyList<SlicePart> parts, IEnumerable<string> names)
    {
        foreach (string node in names)
        {
            BackendSet? set = NullIfEmpty(SetOf(parts, part => part.ReadyOnNode[node]));
            selection = selection.WithNode(node, set ?? NullIfEmpty(SetOf(parts, part => part.FallbackOnNode[node])));
        }

        return selection;
    }

    private static BackendSet SetOf(IReadOnlyList<SlicePart> parts, Func<SlicePart, EquatableArray<Backend>> chunkOf)
    {
        var chunks = new EquatableArray<Backend>[parts.Count];
        for (int i = 0; i < chunks.Length; i++)
        {
            chunks[i] = chunkOf(parts[i]);
        }

        return BackendSet.FromChunks(chunks);
    }

    private static BackendSet? NullIfEmpty(BackendSet set) => set.IsEmpty ? null : set;
}
