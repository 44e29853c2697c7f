using KubeSim.Addressing;
using KubeSim.Api;

namespace KubeSim.Dns;

/// <summary>Finds what is behind a name in the cluster's zone: the same walk for every type of record.</summary>
/// <source>coredns plugin/kubernetes/kubernetes.go, findServices and findPods</source>
internal sealed class ZoneLookup(ClusterRecords records, DnsServerOptions options)
{
    /// <summary>Looks a name up.</summary>
    /// <param name="labels">The labels left of the zone.</param>
    /// <param name="wantsPorts">Whether every port counts, as for SRV records; else one for each address is enough.</param>
    /// <param name="items">Takes the addresses and ports; emptied first.</param>
    /// <param name="service">The Service, where there is one.</param>
    public ZoneFinding Find(ReadOnlySpan<char> labels, bool wantsPorts, List<ZoneItem> items, out ServiceRecords? service)
    {
        items.Clear();
        service = null;
        ClusterName name = ClusterName.Parse(labels);
        if (name.Kind is ClusterNameKind.Invalid or ClusterNameKind.Zone)
        {
            return name.Kind == ClusterNameKind.Zone ? ZoneFinding.Empty : ZoneFinding.Nothing;
        }

        if (Exposed(name.Namespace) is not { } space || (name.IsPod && options.Pods == PodRecordMode.Disabled))
        {
            return ZoneFinding.Nothing;
        }

        if (name.Kind == ClusterNameKind.Namespace)
        {
            return ZoneFinding.Empty;
        }

        if (name.IsPod)
        {
            // Labels left of the address are not looked at.
            return EndpointName.TryReadAddress(name.Service, out IpAddress address) && (options.Pods != PodRecordMode.Verified || HasPod(name, address))
                ? Add(items, new(address, 0)) : ZoneFinding.Nothing;
        }

        service = space.Find(name.Service);
        return service?.Service is { } found ? Find(name, service, found, wantsPorts, items) : ZoneFinding.Nothing;
    }

    public bool IsExposed(string name) => Exposed(name) is not null;

    /// <summary>The text of a label is compared with that of the Pod's address.</summary>
    private bool HasPod(ClusterName name, IpAddress address) =>
        records.Pods.Has(name.Namespace, name.Service.ToString().Replace('-', address.IsIPv4 ? '.' : ':'));

    private static ZoneFinding Add(List<ZoneItem> items, ZoneItem item)
    {
        items.Add(item);
        return ZoneFinding.Addresses;
    }

    private NamespaceRecords? Exposed(ReadOnlySpan<char> name)
    {
        if (!options.Namespaces.IsEmpty)
        {
            bool isListed = false;
            foreach (string exposed in options.Namespaces)
            {
                isListed |= name.Equals(exposed, StringComparison.OrdinalIgnoreCase);
            }

            if (!isListed)
            {
                return null;
            }
        }

        return records.FindNamespace(name) is { Exists: true } space ? space : null;
    }

    private ZoneFinding Find(ClusterName name, ServiceRecords records, Service service, bool wantsPorts, List<ZoneItem> items)
    {
        if (records.IsExternalName)
        {
            // An address in the place of a name makes no alias, and aliases have neither endpoints nor ports.
            return name.Kind == ClusterNameKind.Service && service.Spec.ExternalName is { Length: > 0 } target && !IpAddress.TryParse(target, out _)
                ? ZoneFinding.Alias : ZoneFinding.Nothing;
        }

        if (name.Kind == ClusterNameKind.TopologyZone)
        {
            return FindInZone(name, records, wantsPorts, items);
        }

        if (records.IsHeadless || name.Kind == ClusterNameKind.Endpoint)
        {
            AddEndpoints(name, records, wantsPorts, items);
        }
        else if (!options.IgnoreEmptyService || HasPublishedEndpoint(records))
        {
            AddClusterIPs(name, records, service, wantsPorts, items);
        }

        return items.Count == 0 ? ZoneFinding.Nothing : ZoneFinding.Addresses;
    }

    /// <summary>The endpoints of one zone of a headless Service, or of all zones where that one has none and others will do.</summary>
    private ZoneFinding FindInZone(ClusterName name, ServiceRecords records, bool wantsPorts, List<ZoneItem> items)
    {
        if (!options.ZonalNames || !records.IsHeadless)
        {
            return ZoneFinding.Nothing;
        }

        AddEndpoints(name, records, wantsPorts, items);
        if (items.Count == 0 && !name.IsPinned)
        {
            AddEndpoints(name with { TopologyZone = default }, records, wantsPorts, items);
        }

        return items.Count > 0 ? ZoneFinding.Addresses : HasPublishedEndpoint(records) ? ZoneFinding.Vacant : ZoneFinding.Nothing;
    }

    private static void AddClusterIPs(ClusterName name, ServiceRecords records, Service service, bool wantsPorts, List<ZoneItem> items)
    {
        if (service.Spec.Ports.IsEmpty && name.Matches(null, null))
        {
            AddAll(records, ZoneItem.NoPort, items);
        }

        foreach (ServicePort port in service.Spec.Ports)
        {
            if (!name.Matches(port.Name, port.Protocol ?? Protocol.TCP))
            {
                continue;
            }

            AddAll(records, port.Port ?? ZoneItem.NoPort, items);
            if (!wantsPorts)
            {
                return;
            }
        }
    }

    private static void AddAll(ServiceRecords records, int port, List<ZoneItem> items)
    {
        foreach (IpAddress address in records.ClusterIPs)
        {
            items.Add(new(address, port));
        }
    }

    private void AddEndpoints(ClusterName name, ServiceRecords records, bool wantsPorts, List<ZoneItem> items)
    {
        if (options.NoEndpoints)
        {
            return;
        }

        foreach (EndpointSlice slice in records.Slices)
        {
            foreach (Endpoint endpoint in slice.Endpoints)
            {
                if (!ServiceRecords.IsPublished(endpoint) || !(name.TopologyZone.IsEmpty || name.TopologyZone.Equals(endpoint.Zone, StringComparison.OrdinalIgnoreCase)))
                {
                    continue;
                }

                foreach (string text in endpoint.Addresses)
                {
                    if ((name.Kind != ClusterNameKind.Endpoint || EndpointName.Matches(name.Endpoint, endpoint, text, options.EndpointPodNames))
                        && IpAddress.TryParse(text, out IpAddress address))
                    {
                        AddPorts(name, slice, new ZoneItem(address, ZoneItem.NoPort, endpoint, text), wantsPorts, items);
                    }
                }
            }
        }
    }

    private static void AddPorts(ClusterName name, EndpointSlice slice, ZoneItem item, bool wantsPorts, List<ZoneItem> items)
    {
        if (slice.Ports.IsEmpty && name.Matches(null, null))
        {
            items.Add(item);
        }

        foreach (EndpointPort port in slice.Ports)
        {
            if (!name.Matches(port.Name, port.Protocol ?? Protocol.TCP))
            {
                continue;
            }

            items.Add(item with { Port = port.Port ?? ZoneItem.NoPort });
            if (!wantsPorts)
            {
                return;
            }
        }
    }

    private static bool HasPublishedEndpoint(ServiceRecords records)
    {
        foreach (EndpointSlice slice in records.Slices)
        {
            foreach (Endpoint endpoint in slice.Endpoints)
            {
                if (ServiceRecords.IsPublished(endpoint))
                {
                    return true;
                }
            }
        }

        return false;
    }
}
