using KubeSim.Addressing;
using KubeSim.Api;
using KubeSim.Dataplane;

namespace KubeSim.Proxy;

/// <summary>
/// The endpoints of one service port, kept up to date slice by slice: one changed endpoint costs a copy of its slice, and
/// nothing for the others.
/// </summary>
internal sealed class ServicePortEndpoints(ServicePortName name, EndpointUse use)
{
    private readonly List<string> _slices = [];

    /// <summary>Copied whenever a slice changes: <see cref="Listed"/> has it.</summary>
    private SlicePart[] _parts = [];
    private readonly Dictionary<IpPort, int> _addresses = [];
    private int _duplicates;
    private ListedEndpoints? _listed;

    public EndpointUse Use => use;

    public EndpointSets Sets { get; private set; } = EndpointSets.Empty;

    /// <summary>Everything that is listed now; the same instance while that does not change.</summary>
    public ListedEndpoints Listed => _listed ??= new ListedEndpoints(_parts, use);

    /// <summary>How many endpoints are listed, an address twice counted twice.</summary>
    public int Count { get; private set; }

    /// <summary>Takes a slice in, new or changed, or out when it has no longer such a port.</summary>
    public void Set(EndpointSlice slice)
    {
        int place = _slices.BinarySearch(slice.Metadata.Name, StringComparer.Ordinal);
        SlicePart? before = place >= 0 ? _parts[place] : null;
        SlicePart? now = IsOfFamily(slice) ? SlicePart.Read(slice, name.PortName, name.Protocol, name.IsIPv6, before) : null;
        if (ReferenceEquals(before, now))
        {
            return;
        }

        if (before is not null && now is not null)
        {
            Exchange(place, before, now);
        }
        else if (now is not null)
        {
            _slices.Insert(~place, slice.Metadata.Name);
            _parts = [.. _parts.AsSpan(0, ~place), now, .. _parts.AsSpan(~place)];
            _listed = null;
            CountAddresses(now, 1);
            Categorize();
        }
        else
        {
            RemoveAt(place);
        }
    }

    public void Remove(string slice)
    {
        int place = _slices.BinarySearch(slice, StringComparer.Ordinal);
        if (place >= 0)
        {
            RemoveAt(place);
        }
    }

    private void Exchange(int place, SlicePart before, SlicePart now)
    {
        _parts = [.. _parts];
        _parts[place] = now;
        _listed = null;
        bool hadDuplicates = _duplicates > 0;
        if (!ReferenceEquals(before.Ranks, now.Ranks))
        {
            CountAddresses(before, -1);
            CountAddresses(now, 1);
        }

        if (hadDuplicates || _duplicates > 0 || !EndpointCategorizer.ChooseAlike(Sets.Counts, Sets.Counts - before.Counts + now.Counts))
        {
            Categorize();
        }
        else
        {
            Sets = EndpointCategorizer.Exchange(Sets, _parts, place, before, use);
        }
    }

    private void RemoveAt(int place)
    {
        CountAddresses(_parts[place], -1);
        _slices.RemoveAt(place);
        _parts = [.. _parts.AsSpan(0, place), .. _parts.AsSpan(place + 1)];
        _listed = null;
        Categorize();
    }

    private void Categorize() =>
        Sets = EndpointCategorizer.Categorize(_duplicates > 0 ? EndpointCategorizer.WithoutDuplicates(_parts) : _parts, use);

    private bool IsOfFamily(EndpointSlice slice) => slice.AddressType == (name.IsIPv6 ? IPFamily.IPv6 : IPFamily.IPv4);

    private void CountAddresses(SlicePart part, int by)
    {
        Count += by * part.Endpoints.Length;
        foreach (SliceEndpoint endpoint in part.Endpoints)
        {
            IpPort address = endpoint.Backend.Address;
            int before = _addresses.GetValueOrDefault(address);
            _duplicates += Math.Max(0, before + by - 1) - Math.Max(0, before - 1);
            if (before + by == 0)
            {
                _addresses.Remove(address);
            }
            else
            {
                _addresses[address] = before + by;
            }
        }
    }
}
