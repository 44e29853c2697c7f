using KubeSim.Collections;
using KubeSim.Simulation;

namespace KubeSim.Dns;

/// <summary>
/// Keeps answers, and hands them out with what is left of their time. A message lives as long as its shortest record; this one number stands in
/// all of its records, also the first time.
/// </summary>
/// <source>coredns plugin/cache, cache.go and item.go; dnsutil.MinimalTTL</source>
internal sealed class AnswerCache(EventQueue queue, AnswerCacheOptions options, INameServer server) : INameServer
{
    private static readonly TimeSpan FailureTtl = TimeSpan.FromSeconds(5);

    private readonly Dictionary<(string Name, DnsRecordType Type), CachedAnswer> _answers = [];
    private readonly Dictionary<(string Name, DnsRecordType Type), CachedAnswer> _denials = [];

    /// <summary>How many questions were answered from here.</summary>
    public long Hits { get; private set; }

    public DnsResponse Query(string name, DnsRecordType type)
    {
        (string, DnsRecordType) key = (name.ToLowerInvariant(), type);
        if ((Find(_denials, key) ?? Find(_answers, key)) is { } cached)
        {
            Hits++;
            return cached.Response.WithTtl(cached.Until - queue.Now);
        }

        DnsResponse response = server.Query(name, type);
        bool isDenial = response.Answer.IsEmpty;
        TimeSpan ttl = TtlOf(response, isDenial ? options.DenialTtl : options.SuccessTtl);
        if (IsKept(name, response, isDenial ? options.DisableDenial : options.DisableSuccess))
        {
            (isDenial ? _denials : _answers)[key] = new(response, queue.Now + ttl);
        }

        // Also what is not kept gets the time that it would have been kept for.
        return response.WithTtl(ttl);
    }

    private static bool IsKept(string name, in DnsResponse response, EquatableArray<string> disabled) =>
        !response.IsTruncated && response.Code is (DnsResponseCode.NoError or DnsResponseCode.NxDomain or DnsResponseCode.ServFail) && !IsDisabled(name, disabled);

    private static bool IsDisabled(string name, EquatableArray<string> zones)
    {
        foreach (string zone in zones)
        {
            if (DnsName.IsIn(name, zone))
            {
                return true;
            }
        }

        return false;
    }

    private CachedAnswer? Find(Dictionary<(string Name, DnsRecordType Type), CachedAnswer> answers, (string Name, DnsRecordType Type) key)
    {
        if (!answers.TryGetValue(key, out CachedAnswer? cached) || cached.Until > queue.Now)
        {
            return cached;
        }

        answers.Remove(key);
        return null;
    }

    private TimeSpan TtlOf(in DnsResponse response, TimeSpan most)
    {
        if (response.Code == DnsResponseCode.ServFail)
        {
            return FailureTtl;
        }

        TimeSpan shortest = response.ShortestTtl ?? options.MinTtl;
        TimeSpan ttl = shortest < options.MinTtl ? options.MinTtl : shortest;
        return ttl < most ? ttl : most;
    }

    private sealed record CachedAnswer(DnsResponse Response, TimeSpan Until);
}
