using System.Runtime.InteropServices;
using KubeSim.Addressing;
using KubeSim.Api;
using KubeSim.Collections;

namespace KubeSim.Dns;

/// <summary>
/// One Service as DNS sees it: the object and its EndpointSlices, which come by separate watches in either order. Answers are
/// worked out from them when they are asked for, so that a change costs the same however many endpoints there are.
/// </summary>
internal sealed class ServiceRecords(NamespacedName name)
{
    private readonly List<EndpointSlice> _slices = [];

    public NamespacedName Name => name;

    /// <summary>Null while only its slices are known.</summary>
    public Service? Service { get; private set; }

    public EquatableArray<IpAddress> ClusterIPs { get; private set; }

    public bool IsHeadless { get; private set; }

    public bool IsExternalName => Service?.Spec.Type == ServiceType.ExternalName;

    /// <summary>In ascending order of their names.</summary>
    public ReadOnlySpan<EndpointSlice> Slices => CollectionsMarshal.AsSpan(_slices);

    public bool IsEmpty => Service is null && _slices.Count == 0;

    public void Set(Service? service)
    {
        Service = service;
        ServiceSpec spec = service?.Spec ?? ServiceSpec.Empty;
        string first = spec.ClusterIPs.IsEmpty ? spec.ClusterIP ?? "" : spec.ClusterIPs[0];
        IsHeadless = first == "None" && spec.Type != ServiceType.ExternalName;
        ClusterIPs = Addresses(spec.ClusterIPs.IsEmpty ? [first] : spec.ClusterIPs);
    }

    /// <summary>Takes a slice in, in the place of its older version.</summary>
    public void Set(EndpointSlice slice)
    {
        int place = PlaceOf(slice);
        if (place >= 0)
        {
            _slices[place] = slice;
        }
        else
        {
            _slices.Insert(~place, slice);
        }
    }

    public void Remove(EndpointSlice slice)
    {
        int place = PlaceOf(slice);
        if (place >= 0)
        {
            _slices.RemoveAt(place);
        }
    }

    /// <summary>Whether an endpoint is in DNS; whether it serves or terminates is not looked at.</summary>
    /// <source>coredns plugin/kubernetes/object/endpoint.go</source>
    public static bool IsPublished(Endpoint endpoint) => endpoint.Conditions.Ready != false;

    private static EquatableArray<IpAddress> Addresses(EquatableArray<string> texts)
    {
        var addresses = new List<IpAddress>(texts.Length);
        foreach (string text in texts)
        {
            if (IpAddress.TryParse(text, out IpAddress address))
            {
                addresses.Add(address);
            }
        }

        return addresses.ToEquatableArray();
    }

    private int PlaceOf(EndpointSlice slice)
    {
        int low = 0;
        int high = _slices.Count - 1;
        while (low <= high)
        {
            int middle = (low + high) / 2;
            int order = string.CompareOrdinal(_slices[middle].Metadata.Name, slice.Metadata.Name);
            if (order == 0)
            {
                return middle;
            }

            (low, high) = order < 0 ? (middle + 1, high) : (low, middle - 1);
        }

        return ~low;
    }
}
