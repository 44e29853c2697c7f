using System.Globalization;
using KubeSim.Simulation;

namespace KubeSim.ApiServer.Allocation;

/// <summary>The node ports, one number for all protocols.</summary>
/// <source>kubernetes v1.36, pkg/registry/core/service/portallocator/allocator.go</source>
internal sealed class NodePortRange
{
    private readonly int _first;
    private readonly int _last;
    private readonly NumberPool _pool;

    /// <param name="first">The lowest port.</param>
    /// <param name="last">The highest port.</param>
    /// <param name="random">Where the choice comes from.</param>
    internal NodePortRange(int first, int last, DeterministicRandom random)
    {
        _first = first;
        _last = last;
        long size = last - first + 1;
        _pool = new NumberPool(size, StaticBand(size), random);
    }

    internal int Count => _pool.Count;

    /// <summary>Why a port cannot be had, or null when it was taken.</summary>
    internal string? Take(int port)
    {
        if (!_pool.Has(port - (long)_first))
        {
            return string.Create(CultureInfo.InvariantCulture, $"provided port is not in the valid range. The range of valid ports is {_first}-{_last}");
        }

        return _pool.TryTake(port - _first) ? null : "provided port is already allocated";
    }

    /// <summary>Takes any port; false where the range is full.</summary>
    internal bool TryTakeAny(out int port)
    {
        bool found = _pool.TryTakeAny(out long place);
        port = found ? (int)(_first + place) : 0;
        return found;
    }

    internal void Release(int port) => _pool.Release(port - (long)_first);

    internal bool IsTaken(int port) => _pool.IsTaken(port - (long)_first);

    /// <summary>How many ports at the start are left to Services that name one.</summary>
    internal static long StaticBand(long size) => size <= 16 ? 0 : Math.Min(Math.Max(16, size / 32), 128);
}
