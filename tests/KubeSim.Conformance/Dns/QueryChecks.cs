using KubeSim.Conformance.Reading;
using KubeSim.Dns;

namespace KubeSim.Conformance.Dns;

/// <summary>One question and its whole answer.</summary>
internal static class QueryChecks
{
    /// <summary>Only where a case is about the packet, its size matters.</summary>
    private const int AnySize = 65535;

    private static readonly string[] Levels = ["spec", "coredns", "quirk"];

    public static void Check(CaseNode query, DnsUnderTest dns, Findings findings)
    {
        query.Skip("from", "note");
        string level = query["level"].Text;
        if (!Levels.Contains(level, StringComparer.Ordinal))
        {
            throw query["level"].Wrong("is no level");
        }

        DnsQuestion question = Question(query);
        DnsResponse response = dns.Server.Query(question);
        bool isCut = CheckWire(query.Find("wire"), question, response, findings);
        bool isTruncated = query.Find("tc")?.Boolean == true;
        if (!isCut)
        {
            findings.Check(query, response.IsTruncated, isTruncated, "tc");
        }

        Check(query, isCut ? dns.Server.Query(question with { IsTcp = true }) : response, level == "spec", findings);
    }

    /// <summary>The code and the sections of an answer.</summary>
    /// <param name="expected">With <c>rcode</c>, <c>answer</c>, <c>authority</c>, <c>extra</c>, <c>order</c>.</param>
    /// <param name="response">The answer.</param>
    /// <param name="isSpec">Only what the specification of DNS in Kubernetes asks for.</param>
    /// <param name="findings">Takes the differences.</param>
    public static void Check(CaseNode expected, in DnsResponse response, bool isSpec, Findings findings)
    {
        findings.Check(expected["rcode"], response.Code, DnsTexts.Code(expected["rcode"]));
        string order = expected.Find("order")?.Text ?? "";
        CheckSection(expected, "answer", [.. response.Answer], isSpec, findings);
        CheckSection(expected, "authority", [.. response.Authority], isSpec, findings);
        if (isSpec)
        {
            expected.Skip("extra");
        }
        else
        {
            CheckSection(expected, "extra", [.. response.Additional], isSpec: false, findings);
        }

        switch (order)
        {
            case "":
                break;
            case "cname-first":
                findings.Check(expected["order"], AliasesComeFirst([.. response.Answer]), true);
                break;
            case "axfr":
                findings.Check(expected["order"], response.Answer is [{ Type: DnsRecordType.SOA }, .., { Type: DnsRecordType.SOA }] or [{ Type: DnsRecordType.SOA }], true);
                break;
            default:
                throw expected["order"].Wrong("is no order");
        }
    }

    private static DnsQuestion Question(CaseNode query) => new(DnsTexts.Name(query["qname"]), DnsTexts.Type(query["qtype"]))
    {
        IsInternet = query.Find("class")?.Text is null or "IN",
        IsTcp = query.Find("transport") is { } transport && transport.Text switch
        {
            "tcp" => true,
            "udp" => false,
            _ => throw transport.Wrong("is no transport"),
        },
        UdpSize = query.Find("edns")?["udpSize"].Int ?? (query.Has("wire") ? null : AnySize),
        Client = query.Find("client")?.Text,
        Serial = query.Find("ixfrSerial")?.Number ?? 0,
    };

    /// <summary>What the size of the packet makes of the answer; true where the case is about that.</summary>
    private static bool CheckWire(CaseNode? wire, in DnsQuestion question, in DnsResponse response, Findings findings)
    {
        if (wire is null)
        {
            return false;
        }

        findings.Check(wire["tc"], response.IsTruncated, wire["tc"].Boolean);
        if (wire.Find("answerCount") is { } count)
        {
            findings.Check(count, response.Answer.Length, count.Int);
        }

        int octets = MessageSize.Of(question, response, compresses: true);
        if (octets > wire["maxSize"].Int)
        {
            findings.Check(wire["maxSize"], octets, wire["maxSize"].Int, "octets");
        }

        return true;
    }

    private static void CheckSection(CaseNode expected, string key, IReadOnlyList<DnsRecord> records, bool isSpec, Findings findings)
    {
        IReadOnlyList<CaseNode> list = expected.Find(key)?.Items ?? [];
        bool anySerial = list.Any(record => record["data"].Text.Contains(" * ", StringComparison.Ordinal));
        findings.CheckSet(
            expected, records.Select(record => Text(record.Name + ".", record.Type.ToString(), (long)record.Ttl.TotalSeconds, Content(record, anySerial), isSpec)),
            list.Select(record => Text(record["name"].Text, record["type"].Text, record["ttl"].Number, record["data"].Text, isSpec)), key);
    }

    private static string Content(DnsRecord record, bool anySerial)
    {
        string content = record.Content;
        if (record.Type == DnsRecordType.SOA && anySerial)
        {
            string[] parts = content.Split(' ');
            parts[2] = "*";
            content = string.Join(' ', parts);
        }

        return content;
    }

    private static string Text(string name, string type, long ttl, string data, bool isSpec)
    {
        if (!isSpec)
        {
            return $"{name} {ttl} {type} {(type == "TXT" ? data.Trim('"') : data)}";
        }

        data = type == "SRV" ? string.Join(' ', data.Split(' ')[2..]) : type == "TXT" ? data.Trim('"') : data;
        return $"{name} {type} {data}".ToLowerInvariant();
    }

    private static bool AliasesComeFirst(List<DnsRecord> records) => records.Where(record => record.Type == DnsRecordType.CNAME).All(alias =>
        records.FindIndex(record => record.Name.Equals(alias.Target, StringComparison.OrdinalIgnoreCase)) is var target && (target < 0 || target > records.IndexOf(alias)));
}
