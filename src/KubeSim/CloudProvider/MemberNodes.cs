using KubeSim.Api;
using KubeSim.Collections;

namespace KubeSim.CloudProvider;

/// <summary>
/// The nodes behind the load balancers, and which of them pass their health checks. Who belongs is looked at again only when a node
/// comes, goes, or changes what matters to a cloud; the autoscaler's taint alone is noticed with the next such change.
/// </summary>
internal sealed class MemberNodes
{
    private readonly SortedDictionary<string, Entry> _nodes = new(StringComparer.Ordinal);
    private readonly HashSet<string> _outdated = new(StringComparer.Ordinal);
    private EquatableArray<string>? _healthy;
    private EquatableArray<string>? _answering;

    /// <summary>Members on which kube-proxy says that all is well, by name: where traffic for the policy Cluster goes.</summary>
    public EquatableArray<string> Healthy => _healthy ??= Names(entry => entry is { IsMember: true, IsHealthy: true });

    /// <summary>Members that answer at all, by name: for the policy Local, each answers for its own endpoints.</summary>
    public EquatableArray<string> Answering => _answering ??= Names(entry => entry is { IsMember: true, IsSilent: false });

    /// <summary>Takes news of a node; true when load balancers are to send elsewhere now.</summary>
    /// <param name="name">The node's name.</param>
    /// <param name="node">The node; null when it is gone.</param>
    public bool Apply(string name, Node? node)
    {
        Entry? old = _nodes.GetValueOrDefault(name);
        bool changes = node is null ? RemoveNode(name) : old is null || LoadBalancerReconciler.ChangesMembers(old.Node, node) ? AddNode(name, node) : UpdateNode(name, node, old);
        if (changes)
        {
            _healthy = null;
            _answering = null;
        }

        return changes;
    }

    private bool RemoveNode(string name)
    {
        Resync();
        return _nodes.Remove(name);
    }

    private bool AddNode(string name, Node node)
    {
        _nodes[name] = new Entry(node, LoadBalancerReconciler.IsMember(node));
        Resync();
        return true;
    }

    private void Resync()
    {
        foreach (string name in _outdated)
        {
            Node node = _nodes[name].Node;
            _nodes[name] = new Entry(node, LoadBalancerReconciler.IsMember(node));
        }

        _outdated.Clear();
    }

    private bool UpdateNode(string name, Node node, Entry old)
    {
        var entry = new Entry(node, old.IsMember);
        _nodes[name] = entry;
        if (LoadBalancerReconciler.IsMember(node) != old.IsMember)
        {
            _outdated.Add(name);
        }

        return entry.IsHealthy != old.IsHealthy || entry.IsSilent != old.IsSilent;
    }

    private EquatableArray<string> Names(Func<Entry, bool> isWanted)
    {
        var names = new List<string>();
        foreach ((string name, Entry entry) in _nodes)
        {
            if (isWanted(entry))
            {
                names.Add(name);
            }
        }

        return [.. names];
    }

    private sealed class Entry(Node node, bool isMember)
    {
        public Node Node => node;

        public bool IsMember => isMember;

        public bool IsHealthy { get; } = LoadBalancerReconciler.IsHealthy(node);

        public bool IsSilent { get; } = LoadBalancerReconciler.IsSilent(node);
    }
}
