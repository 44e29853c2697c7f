using KubeSim.Addressing;
using KubeSim.Simulation;

namespace KubeSim.ApiServer.Allocation;

/// <summary>The ClusterIPs of one family. The network's own address and, in IPv4, the broadcast address are never used.</summary>
/// <source>kubernetes v1.36, pkg/registry/core/service/ipallocator/ipallocator.go</source>
internal sealed class ClusterIPRange
{
    private readonly Cidr _block;
    private readonly NumberPool _pool;

    internal ClusterIPRange(Cidr block, DeterministicRandom random)
    {
        _block = block;
        long usable = Math.Max(0, block.Count - (block.First.IsIPv4 ? 2 : 1));
        _pool = new NumberPool(usable, Math.Min(usable, StaticBand(block.Count)), random);
    }

    internal int Count => _pool.Count;

    /// <summary>Why an address cannot be had, or null when it was taken.</summary>
    internal string? Take(IpAddress address)
    {
        long place = PlaceOf(address);
        return !_pool.Has(place) ? "the provided network does not match the current range"
            : _pool.TryTake(place) ? null : "provided IP is already allocated";
    }

    /// <summary>Takes any address; false where the range is full.</summary>
    internal bool TryTakeAny(out IpAddress address)
    {
        bool found = _pool.TryTakeAny(out long place);
        address = found ? _block[place + 1] : default;
        return found;
    }

    internal void Release(IpAddress address) => _pool.Release(PlaceOf(address));

    internal bool IsTaken(IpAddress address) => _pool.IsTaken(PlaceOf(address));

    /// <summary>How many addresses at the start are left to Services that name one.</summary>
    internal static long StaticBand(long size) => size <= 16 ? 0 : Math.Min(Math.Max(16, size / 16), 256);

    private long PlaceOf(IpAddress address) => address.IsIPv4 == _block.First.IsIPv4 && _block.IndexOf(address) is > 0 and var index ? index - 1 : -1;
}
