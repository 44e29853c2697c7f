using KubeSim.Addressing;

namespace KubeSim.Dns;

/// <summary>SRV records, and the addresses that go with them.</summary>
/// <source>coredns plugin/backend_lookup.go, SRV</source>
internal static class PortRecords
{
    private const int WholeWeight = 100;

    /// <summary>The weight counts every pair of address and port, also those that turn out to be the same record.</summary>
    /// <param name="items">What is behind the name.</param>
    /// <param name="own">The Service's own name: the target of what is no endpoint, and the end of endpoints' names.</param>
    /// <param name="name">The name that was asked for.</param>
    /// <param name="options">The server's configuration.</param>
    /// <param name="answer">Takes the SRV records.</param>
    /// <param name="additional">Takes the addresses of their targets.</param>
    public static void Add(List<ZoneItem> items, string own, string name, DnsServerOptions options, List<DnsRecord> answer, List<DnsRecord> additional)
    {
        int weight = Math.Max(1, WholeWeight / items.Count);
        var ports = new HashSet<(string Target, int Port)>();
        var addresses = new HashSet<(string Target, IpAddress Address)>();
        foreach (ZoneItem item in items)
        {
            if (item.Port == ZoneItem.NoPort)
            {
                continue;
            }

            string target = item.Endpoint is null ? own : $"{EndpointName.Of(item.Endpoint, item.AddressText, options.EndpointPodNames)}.{own}";
            if (ports.Add((target, item.Port)))
            {
                answer.Add(DnsRecord.ForPort(name, options.Ttl, weight, item.Port, target));
            }

            if (addresses.Add((target, item.Address)))
            {
                additional.Add(DnsRecord.ForAddress(target, options.Ttl, item.Address));
            }
        }
    }
}
