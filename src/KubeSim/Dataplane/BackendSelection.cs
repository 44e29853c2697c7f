using KubeSim.Collections;
using KubeSim.LoadBalancing;
using KubeSim.Simulation;

namespace KubeSim.Dataplane;

/// <summary>
/// Which backends a node uses: those for its name, else those for its zone, else those for everybody. That is both how
/// topology hints choose and what "local" means, so that one rule serves every node of the cluster. Immutable; changing one
/// node's or zone's set shares the rest.
/// </summary>
internal sealed class BackendSelection
{
    private readonly PersistentMap<string, BackendSet> _byNode;
    private readonly PersistentMap<string, BackendSet> _byZone;

    private BackendSelection(BackendSet everybody, PersistentMap<string, BackendSet> byNode, PersistentMap<string, BackendSet> byZone)
    {
        Everybody = everybody;
        _byNode = byNode;
        _byZone = byZone;
    }

    /// <summary>No backends for anybody.</summary>
    public static BackendSelection Empty { get; } =
        new(BackendSet.Empty, PersistentMap<string, BackendSet>.Empty, PersistentMap<string, BackendSet>.Empty);

    /// <summary>What a node gets that has no set for its name or zone.</summary>
    public BackendSet Everybody { get; }

    /// <summary>One set for every node.</summary>
    public static BackendSelection Of(BackendSet everybody) => Empty.WithEverybody(everybody);

    public BackendSelection WithEverybody(BackendSet backends) => new(backends, _byNode, _byZone);

    /// <summary>The same with another set for a node; null takes its own set away, an empty one stays and is used.</summary>
    public BackendSelection WithNode(string nodeName, BackendSet? backends) => new(Everybody, With(_byNode, nodeName, backends), _byZone);

    /// <summary>The same with another set for a zone; null takes its own set away, an empty one stays and is used.</summary>
    public BackendSelection WithZone(string zone, BackendSet? backends) => new(Everybody, _byNode, With(_byZone, zone, backends));

    public BackendSet For(NetworkNode node)
    {
        if (_byNode.Count > 0 && _byNode.TryGet(node.NameHash, node.Name, out BackendSet? ofNode))
        {
            return ofNode;
        }

        return _byZone.Count > 0 && node.Zone is not null && _byZone.TryGet(node.ZoneHash, node.Zone, out BackendSet? ofZone) ? ofZone : Everybody;
    }

    /// <summary>The node's own set, or null; for incremental updates.</summary>
    public BackendSet? ForNode(string nodeName) => _byNode.TryGet(StableHash.Of(nodeName), nodeName, out BackendSet? set) ? set : null;

    /// <summary>The zone's own set, or null; for incremental updates.</summary>
    public BackendSet? ForZone(string zone) => _byZone.TryGet(StableHash.Of(zone), zone, out BackendSet? set) ? set : null;

    private static PersistentMap<string, BackendSet> With(PersistentMap<string, BackendSet> map, string name, BackendSet? backends)
    {
        ulong hash = StableHash.Of(name);
        return backends is null ? map.Remove(hash, name) : map.Set(hash, name, backends);
    }
}
