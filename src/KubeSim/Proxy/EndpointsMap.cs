using System.Globalization;
using KubeSim.Addressing;
using KubeSim.Api;
using KubeSim.Dataplane;

namespace KubeSim.Proxy;

/// <summary>The endpoints of each service port as the slices alone give them, whether or not there is such a Service.</summary>
/// <source>kubernetes v1.36, pkg/proxy/endpointslicecache.go and pkg/proxy/endpointschangetracker.go</source>
internal static class EndpointsMap
{
    /// <summary>The endpoints of one address family by service port.</summary>
    /// <returns>Sorted by name; each list in kube-proxy's order, by address and port as a text, no address twice.</returns>
    public static SortedDictionary<ServicePortName, IReadOnlyList<SliceEndpoint>> Of(IEnumerable<EndpointSlice> slices, bool isIPv6)
    {
        var parts = new SortedDictionary<ServicePortName, List<SlicePart>>();
        foreach (EndpointSlice slice in slices.OrderBy(slice => slice.Name))
        {
            if (slice.AddressType != (isIPv6 ? IPFamily.IPv6 : IPFamily.IPv4) || slice.Metadata.Labels[WellKnownLabels.ServiceName] is not { Length: > 0 } owner)
            {
                continue;
            }

            foreach (EndpointPort port in slice.Ports)
            {
                if (port.Name is not null && FrontendRules.ProtocolOf(port.Protocol) is { } protocol && SlicePart.Read(slice, port.Name, protocol, isIPv6, null) is { } part)
                {
                    var name = new ServicePortName(new(slice.Metadata.Namespace, owner), port.Name, protocol, isIPv6);
                    (parts.TryGetValue(name, out List<SlicePart>? known) ? known : parts[name] = []).Add(part);
                }
            }
        }

        var endpoints = new SortedDictionary<ServicePortName, IReadOnlyList<SliceEndpoint>>();
        foreach ((ServicePortName name, List<SlicePart> list) in parts)
        {
            IReadOnlyList<SliceEndpoint> merged = Merge(list);
            if (merged.Count > 0)
            {
                endpoints.Add(name, merged);
            }
        }

        return endpoints;
    }

    /// <summary>How many ready endpoints each Service has on a node: different addresses, on whatever ports. Services without one are left out.</summary>
    public static SortedDictionary<NamespacedName, int> LocalReadyEndpoints(IReadOnlyDictionary<ServicePortName, IReadOnlyList<SliceEndpoint>> endpoints, string nodeName)
    {
        var addresses = new SortedDictionary<NamespacedName, HashSet<IpAddress>>();
        foreach ((ServicePortName name, IReadOnlyList<SliceEndpoint> list) in endpoints)
        {
            foreach (SliceEndpoint endpoint in list)
            {
                if (endpoint.IsReady && endpoint.Source.NodeName == nodeName)
                {
                    (addresses.TryGetValue(name.Service, out HashSet<IpAddress>? known) ? known : addresses[name.Service] = []).Add(endpoint.Backend.Address.Address);
                }
            }
        }

        var counts = new SortedDictionary<NamespacedName, int>();
        foreach ((NamespacedName service, HashSet<IpAddress> set) in addresses)
        {
            counts.Add(service, set.Count);
        }

        return counts;
    }

    private static IReadOnlyList<SliceEndpoint> Merge(List<SlicePart> parts)
    {
        var merged = new List<SliceEndpoint>();
        foreach (SlicePart part in EndpointCategorizer.WithoutDuplicates(parts))
        {
            merged.AddRange(part.Endpoints);
        }

        return [.. merged.OrderBy(endpoint => endpoint.Backend.Address.ToString(null, CultureInfo.InvariantCulture), StringComparer.Ordinal)];
    }
}
