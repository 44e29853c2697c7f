using KubeSim.Collections;

namespace KubeSim.Dns;

/// <summary>What a server answers to one question.</summary>
internal readonly record struct DnsResponse(
    DnsResponseCode Code,
    EquatableArray<DnsRecord> Answer = default,
    EquatableArray<DnsRecord> Authority = default,
    EquatableArray<DnsRecord> Additional = default)
{
    /// <summary>The name exists, but has no record of the type asked for.</summary>
    public bool IsNoData => Code == DnsResponseCode.NoError && Answer.IsEmpty;

    /// <summary>Records were left out for want of room: the flag TC.</summary>
    public bool IsTruncated { get; init; }

    /// <summary>The smallest of its records; null without any.</summary>
    public TimeSpan? ShortestTtl
    {
        get
        {
            TimeSpan? shortest = null;
            foreach (EquatableArray<DnsRecord> section in (ReadOnlySpan<EquatableArray<DnsRecord>>)[Answer, Authority, Additional])
            {
                foreach (DnsRecord record in section)
                {
                    shortest = shortest is null || record.Ttl < shortest ? record.Ttl : shortest;
                }
            }

            return shortest;
        }
    }

    /// <summary>The same with one time for every record, in whole seconds.</summary>
    public DnsResponse WithTtl(TimeSpan ttl)
    {
        ttl = TimeSpan.FromTicks(ttl.Ticks - (ttl.Ticks % TimeSpan.TicksPerSecond));
        return this with { Answer = WithTtl(Answer, ttl), Authority = WithTtl(Authority, ttl), Additional = WithTtl(Additional, ttl) };
    }

    private static EquatableArray<DnsRecord> WithTtl(EquatableArray<DnsRecord> records, TimeSpan ttl) =>
        records.IsEmpty ? records : records.Select(record => record.Ttl == ttl ? record : record with { Ttl = ttl }).ToEquatableArray();
}
