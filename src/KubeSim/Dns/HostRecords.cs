using KubeSim.Addressing;
using KubeSim.Collections;

namespace KubeSim.Dns;

/// <summary>The world outside the cluster: fixed addresses of hosts, as a hosts file has them. Whatever is not listed does not exist.</summary>
internal sealed class HostRecords : INameServer
{
    private static readonly TimeSpan Ttl = TimeSpan.FromSeconds(30);

    private readonly Dictionary<string, EquatableArray<IpAddress>> _addresses = new(StringComparer.OrdinalIgnoreCase);

    /// <param name="hosts">Complete names, with or without their final dot, and their addresses.</param>
    /// <exception cref="ArgumentException">A name is no name, or stands twice.</exception>
    public HostRecords(IEnumerable<KeyValuePair<string, EquatableArray<IpAddress>>> hosts)
    {
        foreach ((string host, EquatableArray<IpAddress> addresses) in hosts)
        {
            string name = host.EndsWith('.') ? host[..^1] : host;
            if (!DnsName.IsValid(name, out string wrong))
            {
                throw new ArgumentException($"'{DnsName.Short(host)}' is not a host's name: it {wrong}.", nameof(hosts));
            }

            if (!_addresses.TryAdd(name, addresses))
            {
                throw new ArgumentException($"The host '{name}' is given twice; names are the same in any case.", nameof(hosts));
            }
        }
    }

    public static HostRecords None { get; } = new([]);

    public DnsResponse Query(string name, DnsRecordType type)
    {
        if (!_addresses.TryGetValue(name, out EquatableArray<IpAddress> addresses))
        {
            return new(name.Length == 0 ? DnsResponseCode.NoError : DnsResponseCode.NxDomain);
        }

        var answer = new List<DnsRecord>();
        foreach (IpAddress address in addresses)
        {
            if (type == (address.IsIPv4 ? DnsRecordType.A : DnsRecordType.AAAA))
            {
                answer.Add(DnsRecord.ForAddress(name, Ttl, address));
            }
        }

        return new(DnsResponseCode.NoError, answer.ToEquatableArray());
    }
}
