using KubeSim.Addressing;
using KubeSim.Api;
using KubeSim.Collections;

namespace KubeSim.Dns;

/// <summary>The whole zone in one answer, for secondary servers. No reverse names, no names of Pods.</summary>
/// <source>coredns plugin/kubernetes/xfr.go; plugin/transfer</source>
internal sealed class ZoneTransfer(ClusterRecords records, DnsServerOptions options, ZoneLookup lookup, NameServerRecords nameServer)
{
    /// <summary>AXFR: everything.</summary>
    public const DnsRecordType Whole = (DnsRecordType)252;

    /// <summary>IXFR: what has changed; CoreDNS knows that nothing has, or sends everything.</summary>
    public const DnsRecordType Changes = (DnsRecordType)251;

    private const int WholeWeight = 100;

    /// <param name="zone">The zone's name, as asked.</param>
    /// <param name="soa">Its first and last record.</param>
    public EquatableArray<DnsRecord> Of(string zone, DnsRecord soa)
    {
        List<DnsRecord> all = [soa];
        var glue = new List<DnsRecord>();
        nameServer.Add(zone, zone, all, glue);
        all.AddRange(glue.Select(record => record with { Ttl = TimeSpan.Zero }));
        foreach (NamespaceRecords space in records.Namespaces)
        {
            if (!lookup.IsExposed(space.Name))
            {
                continue;
            }

            foreach (ServiceRecords service in space.Services.Where(known => known.Service is not null).OrderBy(known => known.Name))
            {
                Add(service, $"{service.Name.Name}.{service.Name.Namespace}.svc.{zone}", all);
            }
        }

        all.Add(soa);
        return all.ToEquatableArray();
    }

    private void Add(ServiceRecords service, string name, List<DnsRecord> all)
    {
        if (service.IsExternalName)
        {
            all.Add(DnsRecord.ForName(name, DnsRecordType.CNAME, options.Ttl, service.Service!.Spec.ExternalName!.TrimEnd('.')));
        }
        else if (service.IsHeadless)
        {
            foreach (EndpointSlice slice in service.Slices)
            {
                AddEndpoints(slice, name, all);
            }
        }
        else
        {
            AddClusterIP(service, name, all);
        }
    }

    private void AddClusterIP(ServiceRecords service, string name, List<DnsRecord> all)
    {
        foreach (IpAddress address in service.ClusterIPs)
        {
            all.Add(DnsRecord.ForAddress(name, options.Ttl, address));
        }

        foreach (ServicePort port in service.Service!.Spec.Ports)
        {
            all.Add(DnsRecord.ForPort(name, options.Ttl, WholeWeight, port.Port ?? 0, name));
            if (!string.IsNullOrEmpty(port.Name))
            {
                all.Add(DnsRecord.ForPort(NameOf(port.Name, port.Protocol, name), options.Ttl, WholeWeight, port.Port ?? 0, name));
            }
        }
    }

    /// <summary>Weights are those of the slice, not of all endpoints as in answers to questions.</summary>
    private void AddEndpoints(EndpointSlice slice, string name, List<DnsRecord> all)
    {
        (string Text, string Host, IpAddress Address)[] addresses = [.. slice.Endpoints.Where(ServiceRecords.IsPublished).SelectMany(endpoint => endpoint.Addresses.Select(text =>
            (text, $"{EndpointName.Of(endpoint, text, options.EndpointPodNames)}.{name}", IpAddress.TryParse(text, out IpAddress address) ? address : default)))];
        foreach ((string _, string host, IpAddress address) in addresses)
        {
            all.Add(DnsRecord.ForAddress(name, options.Ttl, address));
            all.Add(DnsRecord.ForAddress(host, options.Ttl, address));
            foreach (EndpointPort port in slice.Ports.Where(port => !string.IsNullOrEmpty(port.Name)))
            {
                all.Add(DnsRecord.ForPort(NameOf(port.Name!, port.Protocol, name), options.Ttl, Math.Max(1, WholeWeight / addresses.Length), port.Port ?? 0, host));
            }
        }
    }

    private static string NameOf(string port, string? protocol, string name) => $"_{port.ToLowerInvariant()}._{(protocol ?? Protocol.TCP).ToLowerInvariant()}.{name}";
}
