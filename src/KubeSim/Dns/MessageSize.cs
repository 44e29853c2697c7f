using System.Text;
using KubeSim.Collections;

namespace KubeSim.Dns;

/// <summary>How many octets a message takes on the wire, and what is left of one that takes too many.</summary>
/// <source>coredns request/request.go, Scrub; miekg/dns msg_truncate.go; RFC 1035 §4.1.4</source>
internal sealed class MessageSize
{
    private const int Header = 12;
    private const int TypeAndClass = 4;
    private const int Pointer = 2;
    private const int RecordFields = 10;
    private const int EdnsRecord = 11;
    private const int FarthestPointer = 1 << 14;

    private readonly HashSet<string>? _suffixes;
    private int _octets;

    private MessageSize(in DnsQuestion question, bool compresses)
    {
        _suffixes = compresses ? new(StringComparer.Ordinal) : null;
        _octets = Header + (question.UdpSize is null ? 0 : EdnsRecord);
        Add(question.Name, mayShorten: true);
        _octets += TypeAndClass;
    }

    /// <summary>The octets of a whole message.</summary>
    public static int Of(in DnsQuestion question, in DnsResponse response, bool compresses)
    {
        var size = new MessageSize(question, compresses);
        foreach (DnsRecord record in (IEnumerable<DnsRecord>)[.. response.Answer, .. response.Authority, .. response.Additional])
        {
            size.Add(record);
        }

        return size._octets;
    }

    /// <summary>The message as it is sent: names are shortened where it would not fit, and what still has no room is left out.</summary>
    public static DnsResponse Fit(in DnsQuestion question, in DnsResponse response)
    {
        if (Of(question, response, compresses: false) <= question.MostOctets || Of(question, response, compresses: true) <= question.MostOctets)
        {
            return response;
        }

        var size = new MessageSize(question, compresses: true);
        bool isFull = false;
        return response with
        {
            Answer = size.Take(response.Answer, question.MostOctets, ref isFull),
            Authority = size.Take(response.Authority, question.MostOctets, ref isFull),
            Additional = size.Take(response.Additional, question.MostOctets, ref isFull),
            IsTruncated = true,
        };
    }

    private EquatableArray<DnsRecord> Take(EquatableArray<DnsRecord> records, int most, ref bool isFull)
    {
        var taken = new List<DnsRecord>();
        for (int i = 0; i < records.Length && !isFull; i++)
        {
            Add(records[i]);
            isFull = _octets > most;
            if (!isFull)
            {
                taken.Add(records[i]);
            }
        }

        return taken.ToEquatableArray();
    }

    private void Add(DnsRecord record)
    {
        Add(record.Name, mayShorten: true);
        _octets += RecordFields;
        switch (record.Type)
        {
            case DnsRecordType.A:
                _octets += 4;
                break;
            case DnsRecordType.AAAA:
                _octets += 16;
                break;
            case DnsRecordType.CNAME or DnsRecordType.NS or DnsRecordType.PTR:
                Add(record.Target, mayShorten: true);
                break;
            case DnsRecordType.SRV:
                _octets += 6;
                Add(record.Target, mayShorten: false);
                break;
            case DnsRecordType.SOA:
                foreach (string name in record.Target.Split(' ').Take(2))
                {
                    Add(name.TrimEnd('.'), mayShorten: true);
                }

                _octets += 20;
                break;
            default:
                _octets += 1 + Encoding.UTF8.GetByteCount(record.Target);
                break;
        }
    }

    /// <summary>Adds a name: whole, or with a pointer to where its end stands already.</summary>
    private void Add(string name, bool mayShorten)
    {
        int start = _octets;
        for (int i = 0; name.Length > 0 && i < name.Length;)
        {
            string suffix = name[i..];
            if (_suffixes?.Contains(suffix) == true && mayShorten)
            {
                _octets = start + i + Pointer;
                return;
            }

            if (start + i < FarthestPointer)
            {
                _suffixes?.Add(suffix);
            }

            int dot = name.IndexOf('.', i);
            i = dot < 0 ? name.Length : dot + 1;
        }

        _octets = start + (name.Length == 0 ? 1 : name.Length + 2);
    }
}
