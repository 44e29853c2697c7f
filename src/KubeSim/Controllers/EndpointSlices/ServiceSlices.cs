using KubeSim.Api;
using KubeSim.Collections;

namespace KubeSim.Controllers.EndpointSlices;

/// <summary>The slices of one Service and, for each Pod, where in them it is. All of it can be read again from the server.</summary>
internal sealed class ServiceSlices
{
    private readonly List<SliceEntry> _entries = [];
    private readonly Dictionary<string, SlicePlace> _ipv4 = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SlicePlace> _ipv6 = new(StringComparer.Ordinal);

    /// <summary>In the order of the slices' names.</summary>
    public IReadOnlyList<SliceEntry> Entries => _entries;

    public SliceEntry? Find(string name) => Search(name) is >= 0 and var place ? _entries[place] : null;

    public bool TryGetPlace(string family, string pod, out SlicePlace place) => Places(family).TryGetValue(pod, out place);

    /// <summary>Takes a slice in, new or changed.</summary>
    public SliceEntry Set(EndpointSlice slice)
    {
        int place = Search(slice.Metadata.Name);
        if (place < 0)
        {
            var entry = new SliceEntry(slice);
            _entries.Insert(~place, entry);
            Move(entry, slice.AddressType, default, slice.Endpoints);
            return entry;
        }

        SliceEntry known = _entries[place];
        EndpointSlice before = known.Slice;
        known.Slice = slice;
        Move(known, slice.AddressType, before.Endpoints, slice.Endpoints);
        return known;
    }

    public void Remove(string name)
    {
        if (Search(name) is >= 0 and var place)
        {
            SliceEntry entry = _entries[place];
            _entries.RemoveAt(place);
            Move(entry, entry.Slice.AddressType, entry.Slice.Endpoints, default);
        }
    }

    private void Move(SliceEntry entry, string family, EquatableArray<Endpoint> before, EquatableArray<Endpoint> now)
    {
        Dictionary<string, SlicePlace> places = Places(family);
        for (int i = 0; i < before.Length; i++)
        {
            if ((i >= now.Length || !ReferenceEquals(before[i], now[i])) && before[i].TargetRef?.Name is { } pod
                && (i >= now.Length || now[i].TargetRef?.Name != pod)
                && places.TryGetValue(pod, out SlicePlace place) && ReferenceEquals(place.Entry, entry) && place.Index == i)
            {
                places.Remove(pod);
            }
        }

        for (int i = 0; i < now.Length; i++)
        {
            if ((i >= before.Length || !ReferenceEquals(before[i], now[i])) && now[i].TargetRef?.Name is { } pod)
            {
                places[pod] = new SlicePlace(entry, i);
            }
        }
    }

    private Dictionary<string, SlicePlace> Places(string family) => family == IPFamily.IPv6 ? _ipv6 : _ipv4;

    private int Search(string name)
    {
        int low = 0;
        int high = _entries.Count - 1;
        while (low <= high)
        {
            int middle = (low + high) / 2;
            int order = string.CompareOrdinal(_entries[middle].Slice.Metadata.Name, name);
            if (order == 0)
            {
                return middle;
            }

            (low, high) = order < 0 ? (middle + 1, high) : (low, middle - 1);
        }

        return ~low;
    }
}
