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
    private readonly PersistentMap<IpAddress, AddressUse> _addresses;

    /// <summary>A bit for the block of every address that is or once was in it.</summary>
    private readonly ulong _blocks;

    /// <summary>A table without rules.</summary>
    public static ServiceTable Empty { get; } =
        new(PersistentMap<FrontendKey, TableFrontend>.Empty, PersistentMap<ServicePortName, ServiceRule>.Empty, PersistentMap<IpAddress, AddressUse>.Empty, 0);

    private ServiceTable(
        PersistentMap<FrontendKey, TableFrontend> frontends,
        PersistentMap<ServicePortName, ServiceRule> rules,
        PersistentMap<IpAddress, AddressUse> addresses,
        ulong blocks)
    {
        _frontends = frontends;
        _rules = rules;
        _addresses = addresses;
        _blocks = blocks;
    }

    /// <summary>How many service ports there are.</summary>
    public int Count => _rules.Count;

    /// <summary>Every rule, by name. Sorts: not for the packet path.</summary>
    public IReadOnlyList<ServiceRule> Rules => [.. _rules.Entries().Select(entry => entry.Value).OrderBy(rule => rule.Name)];

    public ServiceRule? Find(ServicePortName name) => _rules.TryGet(name.Hash, name, out ServiceRule? rule) ? rule : null;

    /// <summary>The rule that answers on a ClusterIP, an external IP or a load balancer's address.</summary>
    public TableFrontend? Find(TransportProtocol protocol, IpPort destination) => Find(protocol, destination, FlowHash.Of(destination, protocol));

    /// <summary>The same for somebody who has the hash already.</summary>
    /// <param name="protocol">What carries it.</param>
    /// <param name="destination">What is dialled.</param>
    /// <param name="hash">Both, as <see cref="FlowHash"/> hashes them.</param>
    public TableFrontend? Find(TransportProtocol protocol, IpPort destination, ulong hash)
    {
        var key = new FrontendKey(destination, protocol);
        return _frontends.TryGet(hash, key, out TableFrontend? found) ? found : null;
    }

    /// <summary>The rule that answers on a node port; the caller has checked that the address is one of the node's.</summary>
    public TableFrontend? FindNodePort(TransportProtocol protocol, ushort port, bool isIPv6)
    {
        var key = FrontendKey.OfNodePort(port, protocol, isIPv6);
        return _frontends.TryGet(key.Hash, key, out TableFrontend? found) ? found : null;
    }

    /// <summary>Whether any service port has this ClusterIP, on whatever port.</summary>
    public bool IsClusterIP(IpAddress address) => _addresses.TryGet(HashOf(address), address, out AddressUse use) && use.ClusterIPs > 0;

    /// <summary>Whether any service port has this address: ClusterIP, external IP or a load balancer's.</summary>
    public bool IsVirtualIP(IpAddress address) => _addresses.TryGet(HashOf(address), address, out _);

    /// <summary>False where no service port has this address, told at once for most addresses.</summary>
    public bool MayHold(IpAddress address) => (_blocks & BlockOf(address)) != 0;

    /// <summary>The table with a rule added, or exchanged for the one of the same name.</summary>
    public ServiceTable With(ServiceRule rule) => With(rule, null);

    /// <summary>The table with many rules added or exchanged, for less than one after the other.</summary>
    public ServiceTable With(IEnumerable<ServiceRule> rules)
    {
        object owner = new();
        ServiceTable table = this;
        foreach (ServiceRule rule in rules)
        {
            table = table.With(rule, owner);
        }

        return table;
    }

    private ServiceTable With(ServiceRule rule, object? owner)
    {
        ServiceRule? old = Find(rule.Name);
        if (ReferenceEquals(old, rule))
        {
            return this;
        }

        ServiceTable start = old is null ? this : Without(old);
        var frontends = start._frontends;
        var addresses = start._addresses;
        ulong blocks = start._blocks;
        ForEachFrontend(rule, (key, kind) =>
        {
            ulong hash = key.Hash;
            if (kind != FrontendKind.NodePort)
            {
                addresses = Counted(addresses, key.Address.Address, kind, 1, owner);
                blocks |= BlockOf(key.Address.Address);
            }

            frontends = frontends.Set(hash, key, TableFrontend.Insert(frontends.TryGet(hash, key, out TableFrontend? chain) ? chain : null, kind, rule), owner);
        });
        return new(frontends, start._rules.Set(rule.Name.Hash, rule.Name, rule, owner), addresses, blocks);
    }

    /// <summary>The table without the rule of that name; itself where there is none.</summary>
    public ServiceTable Without(ServicePortName name) => Find(name) is { } rule ? Without(rule) : this;

    private static ulong HashOf(IpAddress address) => new FrontendKey(new IpPort(address, (ushort)0), default).Hash;

    private static ulong BlockOf(IpAddress address) => 1UL << (int)((ulong)(address.Value >> (address.IsIPv4 ? 16 : 80)) & 63);

    private static PersistentMap<IpAddress, AddressUse> Counted(PersistentMap<IpAddress, AddressUse> uses, IpAddress address, FrontendKind kind, int by, object? owner)
    {
        ulong hash = HashOf(address);
        AddressUse use = uses.TryGet(hash, address, out AddressUse before) ? before : default;
        use = kind == FrontendKind.ClusterIP ? use with { ClusterIPs = use.ClusterIPs + by } : use with { Others = use.Others + by };
        return use == default ? uses.Remove(hash, address) : uses.Set(hash, address, use, owner);
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
        var addresses = _addresses;
        ForEachFrontend(rule, (key, kind) =>
        {
            ulong hash = key.Hash;
            if (kind != FrontendKind.NodePort)
            {
                addresses = Counted(addresses, key.Address.Address, kind, -1, null);
            }

            TableFrontend? left = TableFrontend.Remove(frontends.TryGet(hash, key, out TableFrontend? chain) ? chain : null, kind, rule.Name);
            frontends = left is null ? frontends.Remove(hash, key) : frontends.Set(hash, key, left);
        });
        return new(frontends, _rules.Remove(rule.Name.Hash, rule.Name), addresses, Count == 1 ? 0 : _blocks);
    }

    /// <summary>How many service ports have an address as their ClusterIP, and how many otherwise.</summary>
    private readonly record struct AddressUse(int ClusterIPs, int Others);
}
