using KubeSim.Addressing;

namespace KubeSim.ApiServer.Allocation;

/// <summary>What one request takes at once and gives up only when it succeeds.</summary>
internal sealed class AllocationTransaction(Ranges ranges)
{
    private readonly List<IpAddress> _takenIPs = [];
    private readonly List<IpAddress> _droppedIPs = [];
    private readonly List<int> _takenPorts = [];
    private readonly List<int> _droppedPorts = [];

    /// <summary>Why an address cannot be had, or null when it was taken.</summary>
    internal string? Take(IpAddress address)
    {
        string? refused = (ranges.Find(address) ?? ranges.ClusterIPs(Ranges.FamilyOf(address))).Take(address);
        if (refused is null)
        {
            _takenIPs.Add(address);
        }

        return refused;
    }

    internal bool TryTakeAny(string family, out IpAddress address)
    {
        bool found = ranges.ClusterIPs(family).TryTakeAny(out address);
        if (found)
        {
            _takenIPs.Add(address);
        }

        return found;
    }

    /// <summary>Why a port cannot be had, or null when it was taken.</summary>
    internal string? Take(int port)
    {
        string? refused = ranges.NodePorts.Take(port);
        if (refused is null)
        {
            _takenPorts.Add(port);
        }

        return refused;
    }

    internal bool TryTakeAnyPort(out int port)
    {
        bool found = ranges.NodePorts.TryTakeAny(out port);
        if (found)
        {
            _takenPorts.Add(port);
        }

        return found;
    }

    /// <summary>The address goes back when the request succeeds.</summary>
    internal void Drop(string address)
    {
        if (IpAddress.TryParse(address, out IpAddress parsed))
        {
            _droppedIPs.Add(parsed);
        }
    }

    /// <summary>The port goes back when the request succeeds.</summary>
    internal void Drop(int port) => _droppedPorts.Add(port);

    internal void Commit() => Release(_droppedIPs, _droppedPorts);

    internal void Revert() => Release(_takenIPs, _takenPorts);

    /// <summary>Takes again what would go back: for what has gone back already and is nobody else's.</summary>
    internal void Retake()
    {
        foreach (IpAddress address in _droppedIPs)
        {
            Take(address);
        }

        foreach (int port in _droppedPorts)
        {
            Take(port);
        }
    }

    private void Release(List<IpAddress> addresses, List<int> ports)
    {
        foreach (IpAddress address in addresses)
        {
            ranges.Find(address)?.Release(address);
        }

        foreach (int port in ports)
        {
            ranges.NodePorts.Release(port);
        }
    }
}
