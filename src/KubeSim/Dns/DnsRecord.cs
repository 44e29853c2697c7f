using System.Globalization;
using KubeSim.Addressing;

namespace KubeSim.Dns;

/// <summary>One record of a DNS answer. Names in it are complete and written without their final dot.</summary>
public sealed record DnsRecord
{
    private DnsRecord(string name, DnsRecordType type, TimeSpan ttl)
    {
        Name = name;
        Type = type;
        Ttl = ttl;
    }

    /// <summary>The name it belongs to, in the case of the question where it is the name that was asked for.</summary>
    public string Name { get; init; }

    /// <summary>What it holds.</summary>
    public DnsRecordType Type { get; }

    /// <summary>How long it may be kept.</summary>
    /// <value>Whole seconds, 0 or more.</value>
    public TimeSpan Ttl { get; init; }

    /// <summary>The address of an A or AAAA record; null for other types.</summary>
    public IpAddress? Address { get; private init; }

    /// <summary>The name that a CNAME, NS, PTR or SRV record leads to, the text of a TXT or SOA record; empty for addresses.</summary>
    public string Target { get; private init; } = "";

    /// <summary>The port of an SRV record.</summary>
    /// <value>0 to 65535; 0 for other types.</value>
    public int Port { get; private init; }

    /// <summary>The weight of an SRV record among those of the same name.</summary>
    /// <value>1 to 100; 0 for other types.</value>
    public int Weight { get; private init; }

    /// <summary>What it holds, as text: <c>10.96.0.10</c>, or <c>0 100 53 kube-dns.kube-system.svc.cluster.local.</c></summary>
    public string Content => Type switch
    {
        DnsRecordType.A or DnsRecordType.AAAA => DnsWords.Of(Address.GetValueOrDefault()),
        DnsRecordType.SRV => string.Create(CultureInfo.InvariantCulture, $"0 {Weight} {Port} {Target}."),
        DnsRecordType.TXT => $"\"{Target}\"",
        DnsRecordType.SOA => Target,
        _ => Target + ".",
    };

    /// <summary>A line as <c>dig</c> prints it: <c>web.default.svc.cluster.local. 30 IN A 10.96.41.7</c>.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Name}. {Ttl.Ticks / TimeSpan.TicksPerSecond} IN {DnsWords.Of(Type)} {Content}");

    internal static DnsRecord ForAddress(string name, TimeSpan ttl, IpAddress address) =>
        new(name, address.IsIPv4 ? DnsRecordType.A : DnsRecordType.AAAA, ttl) { Address = address };

    /// <summary>A CNAME, NS or PTR record.</summary>
    internal static DnsRecord ForName(string name, DnsRecordType type, TimeSpan ttl, string target) => new(name, type, ttl) { Target = target };

    internal static DnsRecord ForPort(string name, TimeSpan ttl, int weight, int port, string target) =>
        new(name, DnsRecordType.SRV, ttl) { Weight = weight, Port = port, Target = target };

    internal static DnsRecord ForText(string name, TimeSpan ttl, string text) => new(name, DnsRecordType.TXT, ttl) { Target = text };

    /// <summary>The SOA record of a zone.</summary>
    /// <source>coredns plugin/backend_lookup.go: refresh, retry and expire are fixed; the minimum is the zone's ttl, and bounds its own life at five minutes</source>
    internal static DnsRecord ForZone(string zone, TimeSpan ttl, long serial)
    {
        long minimum = ttl.Ticks / TimeSpan.TicksPerSecond;
        return new(zone, DnsRecordType.SOA, TimeSpan.FromSeconds(Math.Min(minimum, 300)))
        {
            Target = string.Create(CultureInfo.InvariantCulture, $"ns.dns.{zone}. hostmaster.{zone}. {serial} 7200 1800 86400 {minimum}"),
        };
    }
}
