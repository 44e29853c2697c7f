using KubeSim.Addressing;
using KubeSim.Api;
using KubeSim.Collections;

namespace KubeSim.CloudProvider;

/// <summary>
/// The addresses that Services of type LoadBalancer can have: ranges in order, in each the lowest free address first. First and last
/// addresses of a block are given like any other. One address belongs to one Service.
/// </summary>
/// <source>MetalLB, internal/allocator</source>
internal sealed class AddressPool
{
    private readonly EquatableArray<AddressRange> _ranges;
    private readonly long[] _lowestFree;
    private readonly Dictionary<IpAddress, NamespacedName> _owners = [];

    /// <exception cref="ArgumentException">Two ranges overlap.</exception>
    public AddressPool(EquatableArray<AddressRange> ranges)
    {
        for (int i = 0; i < ranges.Length; i++)
        {
            for (int k = 0; k < i; k++)
            {
                if (ranges[i].Overlaps(ranges[k]))
                {
                    throw new ArgumentException($"The ranges {ranges[k]} and {ranges[i]} overlap.", nameof(ranges));
                }
            }
        }

        _ranges = ranges;
        _lowestFree = new long[ranges.Length];
    }

    /// <summary>A pool of ranges as they are written, for example <c>198.51.100.0/24</c>.</summary>
    /// <exception cref="FormatException">A text is no range.</exception>
    public static AddressPool Parse(params ReadOnlySpan<string> ranges)
    {
        var parsed = new AddressRange[ranges.Length];
        for (int i = 0; i < parsed.Length; i++)
        {
            parsed[i] = AddressRange.Parse(ranges[i]);
        }

        return new(new EquatableArray<AddressRange>(parsed));
    }

    /// <summary>Whether there is nothing to give: then there is no provider.</summary>
    public bool IsEmpty => _ranges.IsEmpty;

    /// <summary>Whether an address of that family could ever be given.</summary>
    public bool HasFamily(bool isIPv4)
    {
        foreach (AddressRange range in _ranges)
        {
            if (range.First.IsIPv4 == isIPv4)
            {
                return true;
            }
        }

        return false;
    }

    public bool Contains(IpAddress address)
    {
        foreach (AddressRange range in _ranges)
        {
            if (range.Contains(address))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whose address it is; null while it is free.</summary>
    public NamespacedName? OwnerOf(IpAddress address) => _owners.TryGetValue(address, out NamespacedName owner) ? owner : (NamespacedName?)null;

    /// <summary>Gives the lowest free address of the first range of that family that has one; null when there is none.</summary>
    public IpAddress? Take(bool isIPv4, NamespacedName owner)
    {
        for (int i = 0; i < _ranges.Length; i++)
        {
            AddressRange range = _ranges[i];
            if (range.First.IsIPv4 != isIPv4)
            {
                continue;
            }

            for (; _lowestFree[i] < range.Count; _lowestFree[i]++)
            {
                if (_owners.TryAdd(range[_lowestFree[i]], owner))
                {
                    return range[_lowestFree[i]++];
                }
            }
        }

        return null;
    }

    /// <summary>Takes this address; false when it is no address of the pool or somebody else's. Taking one's own again changes nothing.</summary>
    public bool TryTake(IpAddress address, NamespacedName owner) =>
        Contains(address) && (_owners.TryAdd(address, owner) || _owners[address] == owner);

    /// <summary>Makes an address free again; false where it was not that owner's.</summary>
    public bool Release(IpAddress address, NamespacedName owner)
    {
        if (OwnerOf(address) != owner)
        {
            return false;
        }

        _owners.Remove(address);
        for (int i = 0; i < _ranges.Length; i++)
        {
            if (_ranges[i].IndexOf(address) is >= 0 and var place && place < _lowestFree[i])
            {
                _lowestFree[i] = place;
            }
        }

        return true;
    }
}
