using KubeSim.Addressing;
using KubeSim.Api;

namespace KubeSim.Dns;

/// <summary>The zone's name server: the Services that have the server's own addresses as endpoints; if there is none, <c>ns.dns</c> with these addresses.</summary>
/// <source>coredns plugin/kubernetes/ns.go</source>
internal sealed class NameServerRecords(ClusterRecords records, DnsServerOptions options)
{
    /// <summary>The addresses of <c>ns.dns</c>.</summary>
    public ZoneFinding Find(List<ZoneItem> items)
    {
        items.Clear();
        foreach ((string _, IpAddress address) in All(""))
        {
            items.Add(new(address, 0));
        }

        return items.Count == 0 ? ZoneFinding.Nothing : ZoneFinding.Addresses;
    }

    public void Add(string name, ReadOnlySpan<char> zone, List<DnsRecord> answer, List<DnsRecord> additional)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach ((string target, IpAddress address) in All(zone.ToString()))
        {
            additional.Add(DnsRecord.ForAddress(target, options.Ttl, address));
            if (seen.Add(target))
            {
                answer.Add(DnsRecord.ForName(name, DnsRecordType.NS, options.Ttl, target));
            }
        }
    }

    private List<(string Name, IpAddress Address)> All(string zone)
    {
        var all = new List<(string Name, IpAddress Address)>();
        foreach (IpAddress local in options.LocalAddresses)
        {
            foreach (ServiceRecords service in records.FindByEndpoint(local))
            {
                string own = $"{service.Name.Name}.{service.Name.Namespace}.svc.{zone}";
                if (!service.IsHeadless)
                {
                    all.AddRange(service.ClusterIPs.Select(address => (own, address)));
                    continue;
                }

                foreach (Endpoint endpoint in EndpointsAt(service, local))
                {
                    all.Add(($"{EndpointName.Of(endpoint, DnsWords.Of(local), options.EndpointPodNames)}.{own}", local));
                }
            }
        }

        return all.Count > 0 ? [.. all.Distinct()] : [.. options.LocalAddresses.Select(address => ($"ns.dns.{zone}", address))];
    }

    private static List<Endpoint> EndpointsAt(ServiceRecords service, IpAddress address)
    {
        string text = DnsWords.Of(address);
        var found = new List<Endpoint>();
        foreach (EndpointSlice slice in service.Slices)
        {
            foreach (Endpoint endpoint in slice.Endpoints)
            {
                if (ServiceRecords.IsPublished(endpoint) && endpoint.Addresses.AsSpan().Contains(text))
                {
                    found.Add(endpoint);
                }
            }
        }

        return found;
    }
}
