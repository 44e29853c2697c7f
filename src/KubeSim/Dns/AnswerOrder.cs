using KubeSim.Collections;
using KubeSim.Simulation;

namespace KubeSim.Dns;

/// <summary>The order of a reply: aliases first, then what is neither alias nor address in its place, then the addresses in random order.</summary>
/// <source>coredns plugin/loadbalance: a shuffle for each reply, not a rotation</source>
internal static class AnswerOrder
{
    public static EquatableArray<DnsRecord> Shuffle(EquatableArray<DnsRecord> records, DeterministicRandom random)
    {
        if (records.Length < 2)
        {
            return records;
        }

        DnsRecord[] sorted = [.. records.OrderBy(Rank)];
        int first = Array.FindIndex(sorted, record => Rank(record) == Rank(DnsRecordType.A));
        for (int i = Math.Max(first, 0); first >= 0 && i < sorted.Length - 1; i++)
        {
            int other = i + random.NextInt32(sorted.Length - i);
            (sorted[i], sorted[other]) = (sorted[other], sorted[i]);
        }

        return new(sorted);
    }

    private static int Rank(DnsRecord record) => Rank(record.Type);

    private static int Rank(DnsRecordType type) => type switch
    {
        DnsRecordType.CNAME => 0,
        DnsRecordType.A or DnsRecordType.AAAA => 2,
        _ => 1,
    };
}
