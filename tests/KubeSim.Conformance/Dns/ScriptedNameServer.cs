using KubeSim.Collections;
using KubeSim.Conformance.Reading;
using KubeSim.Dns;

namespace KubeSim.Conformance.Dns;

/// <summary>The next resolver, which answers what the case says.</summary>
internal sealed class ScriptedNameServer : INameServer
{
    private readonly Dictionary<(string Name, DnsRecordType Type), DnsResponse> _answers = [];
    private readonly List<(string Zone, DnsResponseCode Code)> _zones = [];
    private readonly DnsResponseCode _rest;

    public ScriptedNameServer(CaseNode config)
    {
        foreach (CaseNode one in config.Find("upstream")?.Items ?? [])
        {
            _answers.Add((DnsTexts.Name(one["qname"]).ToLowerInvariant(), DnsTexts.Type(one["qtype"])), new(
                DnsTexts.Code(one["rcode"]), Records(one.Find("answer")), Records(one.Find("authority")), Records(one.Find("extra")))
            {
                IsTruncated = one.Find("truncated")?.Boolean == true,
            });
        }

        foreach (CaseNode one in config.Find("upstreamZones")?.Items ?? [])
        {
            _zones.Add((DnsTexts.Name(one["zone"]), DnsTexts.Code(one["rcode"])));
        }

        _rest = config.Find("upstreamDefault") is { } rest ? DnsTexts.Code(rest) : DnsResponseCode.ServFail;
    }

    public DnsResponse Query(string name, DnsRecordType type)
    {
        if (_answers.TryGetValue((name.ToLowerInvariant(), type), out DnsResponse answer))
        {
            return answer;
        }

        foreach ((string zone, DnsResponseCode code) in _zones)
        {
            if (DnsName.IsIn(name, zone))
            {
                return new(code);
            }
        }

        return new(_rest);
    }

    private static EquatableArray<DnsRecord> Records(CaseNode? list) => list is null ? default : list.Items.Select(DnsTexts.Record).ToEquatableArray();
}
