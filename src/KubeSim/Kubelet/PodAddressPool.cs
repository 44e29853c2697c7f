using KubeSim.Addressing;
using KubeSim.Api;
using KubeSim.Collections;

namespace KubeSim.Kubelet;

/// <summary>The addresses a node has for its Pods: each Pod gets one of every block of the node's podCIDRs, in their order, or none at all.</summary>
internal sealed class PodAddressPool
{
    private readonly PodAddressRange[] _ranges;

    public PodAddressPool(EquatableArray<Cidr> podCidrs)
    {
        _ranges = new PodAddressRange[podCidrs.Length];
        for (int i = 0; i < _ranges.Length; i++)
        {
            _ranges[i] = new PodAddressRange(podCidrs[i]);
        }
    }

    /// <summary>How many more Pods can have addresses.</summary>
    public int Free
    {
        get
        {
            int free = _ranges.Length == 0 ? 0 : int.MaxValue;
            foreach (PodAddressRange range in _ranges)
            {
                free = Math.Min(free, range.Free);
            }

            return free;
        }
    }

    /// <summary>The addresses of one more Pod; empty when a block is exhausted.</summary>
    public EquatableArray<IpAddress> Allocate()
    {
        if (Free == 0)
        {
            return default;
        }

        var addresses = new IpAddress[_ranges.Length];
        for (int i = 0; i < addresses.Length; i++)
        {
            _ranges[i].TryTake(out addresses[i]);
        }

        return new(addresses);
    }

    /// <summary>Takes the addresses that a Pod has already; empty, and nothing taken, where one is in use or not of this node.</summary>
    public EquatableArray<IpAddress> Adopt(EquatableArray<PodAddress> podIPs)
    {
        if (podIPs.Length != _ranges.Length)
        {
            return default;
        }

        var addresses = new IpAddress[_ranges.Length];
        for (int i = 0; i < addresses.Length; i++)
        {
            if (!IpAddress.TryParse(podIPs[i].IP, out addresses[i]) || !_ranges[i].TryTake(addresses[i]))
            {
                Release(new EquatableArray<IpAddress>(addresses[..i]));
                return default;
            }
        }

        return new(addresses);
    }

    /// <summary>Makes a Pod's addresses free again.</summary>
    public void Release(EquatableArray<IpAddress> addresses)
    {
        for (int i = 0; i < addresses.Length; i++)
        {
            _ranges[i].Release(addresses[i]);
        }
    }

    /// <summary>Why <see cref="Allocate"/> gives nothing, in the plugin's words.</summary>
    public string WhyNone()
    {
        if (_ranges.Length == 0)
        {
            return "the node has no spec.podCIDR";
        }

        int full = Array.FindIndex(_ranges, range => range.Free == 0);
        return full < 0 ? "" : $"failed to allocate for range {full}: no IP addresses available in range set: {_ranges[full].Text}";
    }
}
