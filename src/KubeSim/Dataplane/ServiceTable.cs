using KubeSim.Addressing;
using KubeSim.Collections;
using KubeSim.Tracing;

namespace KubeSim.Dataplane;

/// <summary>
/// What one node knows of the Services: immutable, so nodes share it, and a change makes another table that shares all but
/// the few nodes of the tries on the way to what changed.
/// </summary>
internal sealed class ServiceTable
{
    private readonly PersistentMap<FrontendKey, TableFrontend> _frontends;
    private readonly PersistentMap<ServicePortName, ServiceRule> _rules;
    private readonly PersistentMap<IpAddress, int> _clusterIPs;

    /// <summary>A table without rules.</summary>
    public static ServiceTable Empty { get; } = new(PersistentMap<FrontendKey, TableFrontend>.Empty, PersistentMap<ServicePortName, ServiceRule>.Empty, PersistentMap<IpAddress, int>.Empty);

    private ServiceTable(
        PersistentMap<FrontendKey, TableFrontend> frontends,
        PersistentMap<ServicePortName, ServiceRule> rules,
        PersistentMap<IpAddress, int> clusterIPs)
    {
        _frontends = frontends;
        _rules = rules;
        _clusterIPs = clusterIPs;
    }

    /// <summary>How many service ports there are.</summary>
    public int Count => _rules.Count;

    /// <summary>Every rule, by name. Sorts: not for the packet path.</summary>
    public IReadOnlyList<ServiceRule> Rules => [.. _rules.Entries().Select(entry => entry.Value).OrderBy(rule => rule.Name)];

    public ServiceRule? Find(ServicePortName name) => _rules.TryGet(name.Hash, name, out ServiceRule? rule) ? rule : null;

    /// <summary>The rule that answers on a ClusterIP, an external IP or a load balancer's address.</summary>
    public TableFrontend? Find(TransportProtocol protocol, IpPort destination)
    {
        var key = new FrontendKey(destination, protocol);
        return _frontends.TryGet(key.Hash, key, out TableFrontend? found) ? found : null;
    }

    /// <summary>The rule that answers on a node port; the caller has checked that the address is one of the node's.</summary>
    public TableFrontend? FindNodePort(TransportProtocol protocol, ushort port, bool isIPv6)
    {
        var key = FrontendKey.OfNodePort(port, protocol, isIPv6);
        return _frontends.TryGet(key.Hash, key, out TableFrontend? found) ? found : null;
    }

    /// <summary>Whether any service port has this ClusterIP, on whatever port.</summary>
    public bool IsClusterIP(IpAddress address) => _clusterIPs.TryGet(HashOf(address), address, out _);

    /// <summary>The table with a rule added, or exchanged for the one of the same name.</summary>
    public ServiceTable With(ServiceRule rule)
    {
        ServiceRule? old = Find(rule.Name);
        if (ReferenceEquals(old, rule))
        {
            return this;
        }

        ServiceTable start = old is null ? this : Without(old);
        var frontends = start._frontends;
        ForEachFrontend(rule, (key, kind) =>
        {
            ulong hash = key.Hash;
            frontends = frontends.Set(hash, key, TableFrontend.Insert(frontends.TryGet(hash, key, out TableFrontend? chain) ? chain : null, kind, rule));
        });
        return new(frontends, start._rules.Set(rule.Name.Hash, rule.Name, rule), Counted(start._clusterIPs, rule.ClusterIP, 1));
    }

    /// <summary>The table without the rule of that name; itself where there is none.</summary>
    public ServiceTable Without(ServicePortName name) => Find(name) is { } rule ? Without(rule) : this;

    private static ulong HashOf(IpAddress address) => new FrontendKey(new IpPort(address, (ushort)0), default).Hash;

    private static PersistentMap<IpAddress, int> Counted(PersistentMap<IpAddress, int> counts, IpAddress address, int by)
    {
        ulong hash = HashOf(address);
        int count = (counts.TryGet(hash, address, out int before) ? before : 0) + by;
        return count == 0 ? counts.Remove(hash, address) : counts.Set(hash, address, count);
    }

    private static void ForEachFrontend(ServiceRule rule, Action<FrontendKey, FrontendKind> action)
    {
        TransportProtocol protocol = rule.Name.Protocol;
        action(new(new IpPort(rule.ClusterIP, rule.Port), protocol), FrontendKind.ClusterIP);
        foreach (IpAddress address in rule.ExternalIPs)
        {
            action(new(new IpPort(address, rule.Port), protocol), FrontendKind.ExternalIP);
        }

        foreach (IpAddress address in rule.LoadBalancerIPs)
        {
            action(new(new IpPort(address, rule.Port), protocol), FrontendKind.LoadBalancer);
        }

        if (rule.NodePort != 0)
        {
            action(FrontendKey.OfNodePort(rule.NodePort, protocol, rule.Name.IsIPv6), FrontendKind.NodePort);
        }
    }

    private ServiceTable Without(ServiceRule rule)
    {
        var frontends = _frontends;
        ForEachFrontend(rule, (key, kind) =>
        {
            ulong hash = key.Hash;
            TableFrontend? left = TableFrontend.Remove(frontends.TryGet(hash, key, out TableFrontend? chain) ? chain : null, kind, rule.Name);
            frontends = left is null ? frontends.Remove(hash, key) : frontends.Set(hash, key, left);
        });
        return new(frontends, _rules.Remove(rule.Name.Hash, rule.Name), Counted(_clusterIPs, rule.ClusterIP, -1));
    }
}
