using System.Globalization;
using KubeSim.Addressing;
using KubeSim.Conformance.Reading;
using KubeSim.Dns;

namespace KubeSim.Conformance.Dns;

/// <summary>Names, types and records as cases write them.</summary>
internal static class DnsTexts
{
    private static readonly Dictionary<string, DnsRecordType> OtherTypes = new(StringComparer.Ordinal)
    {
        ["AXFR"] = ZoneTransfer.Whole,
        ["IXFR"] = ZoneTransfer.Changes,
        ["HINFO"] = (DnsRecordType)13,
        ["RP"] = (DnsRecordType)17,
        ["NAPTR"] = (DnsRecordType)35,
        ["DNAME"] = (DnsRecordType)39,
        ["DS"] = (DnsRecordType)43,
        ["DNSKEY"] = (DnsRecordType)48,
        ["SVCB"] = (DnsRecordType)64,
        ["HTTPS"] = (DnsRecordType)65,
        ["CAA"] = (DnsRecordType)257,
    };

    /// <summary>A name without its final dot; the root is empty.</summary>
    public static string Name(CaseNode node) => Name(node.Text);

    public static string Name(string text) => text.EndsWith('.') ? text[..^1] : text;

    public static DnsRecordType Type(CaseNode node) =>
        Enum.TryParse(node.Text, out DnsRecordType type) && char.IsLetter(node.Text[0]) ? type
        : OtherTypes.TryGetValue(node.Text, out DnsRecordType other) ? other
        : throw node.Wrong("is no record type");

    public static DnsResponseCode Code(CaseNode node) => node.Text switch
    {
        "NOERROR" => DnsResponseCode.NoError,
        "SERVFAIL" => DnsResponseCode.ServFail,
        "NXDOMAIN" => DnsResponseCode.NxDomain,
        "REFUSED" => DnsResponseCode.Refused,
        _ => throw node.Wrong("is no response code"),
    };

    /// <summary>A record that a server outside answers with.</summary>
    public static DnsRecord Record(CaseNode node)
    {
        string name = Name(node["name"]);
        TimeSpan ttl = TimeSpan.FromSeconds(node["ttl"].Int);
        string data = node["data"].Text;
        DnsRecordType type = Type(node["type"]);
        switch (type)
        {
            case DnsRecordType.A or DnsRecordType.AAAA:
                return DnsRecord.ForAddress(name, ttl, IpAddress.Parse(data));
            case DnsRecordType.CNAME or DnsRecordType.NS or DnsRecordType.PTR:
                return DnsRecord.ForName(name, type, ttl, Name(data));
            case DnsRecordType.SOA:
                return DnsRecord.ForName(name, type, ttl, data);
            case DnsRecordType.TXT:
                return DnsRecord.ForText(name, ttl, data.Trim('"'));
            case DnsRecordType.SRV:
                string[] parts = data.Split(' ');
                return DnsRecord.ForPort(name, ttl, int.Parse(parts[1], CultureInfo.InvariantCulture), int.Parse(parts[2], CultureInfo.InvariantCulture), Name(parts[3]));
            default:
                throw node.Wrong("is a record that no server of KubeSim has");
        }
    }
}
