using KubeSim.Addressing;
using KubeSim.Collections;

namespace KubeSim.Dataplane;

/// <summary>The load balancers in front of the cluster: immutable, a change makes another table.</summary>
internal sealed class LoadBalancerTable
{
    private readonly PersistentMap<FrontendKey, LoadBalancerFrontend> _frontends;
    private readonly PersistentMap<IpAddress, int> _addresses;

    private LoadBalancerTable(PersistentMap<FrontendKey, LoadBalancerFrontend> frontends, PersistentMap<IpAddress, int> addresses)
    {
        _frontends = frontends;
        _addresses = addresses;
    }

    public static LoadBalancerTable Empty { get; } = new(PersistentMap<FrontendKey, LoadBalancerFrontend>.Empty, PersistentMap<IpAddress, int>.Empty);

    public int Count => _frontends.Count;

    public LoadBalancerFrontend? Find(IpPort address, TransportProtocol protocol)
    {
        var key = new FrontendKey(address, protocol);
        return _frontends.TryGet(key.Hash, key, out LoadBalancerFrontend? frontend) ? frontend : null;
    }

    /// <summary>Whether a load balancer has this address, on whatever port.</summary>
    public bool HasAddress(IpAddress address) => _addresses.TryGet(HashOf(address), address, out _);

    /// <summary>The table with a frontend added, or exchanged for the one of the same address and protocol.</summary>
    public LoadBalancerTable With(LoadBalancerFrontend frontend)
    {
        LoadBalancerTable start = Without(frontend.Address, frontend.Protocol);
        var key = new FrontendKey(frontend.Address, frontend.Protocol);
        return new(start._frontends.Set(key.Hash, key, frontend), start.Counted(frontend.Address.Address, 1));
    }

    /// <summary>The table without that frontend; itself where there is none.</summary>
    public LoadBalancerTable Without(IpPort address, TransportProtocol protocol)
    {
        var key = new FrontendKey(address, protocol);
        var left = _frontends.Remove(key.Hash, key);
        return ReferenceEquals(left, _frontends) ? this : new(left, Counted(address.Address, -1));
    }

    private static ulong HashOf(IpAddress address) => new FrontendKey(new IpPort(address, (ushort)0), default).Hash;

    private PersistentMap<IpAddress, int> Counted(IpAddress address, int by)
    {
        ulong hash = HashOf(address);
        int count = (_addresses.TryGet(hash, address, out int before) ? before : 0) + by;
        return count == 0 ? _addresses.Remove(hash, address) : _addresses.Set(hash, address, count);
    }
}
