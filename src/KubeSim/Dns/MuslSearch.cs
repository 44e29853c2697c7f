namespace KubeSim.Dns;

/// <summary>
/// The walk of musl's resolver: a name with enough dots is asked for as it is and never searched for; any other under each element of the search
/// list until something else than NXDOMAIN comes back, for good or bad.
/// </summary>
/// <source>musl 1.2.3 src/network/lookup_name.c, name_from_dns_search, name_from_dns, res_msend.c</source>
internal sealed class MuslSearch(ResolverConfiguration configuration, INameServer server)
{
    private const int LongestSearchLine = 255;
    private const int RetriesOfFailures = 2;

    /// <summary>The complete names that were asked for.</summary>
    public List<string> Tried { get; } = [];

    public DnsResponse IPv4 { get; private set; }

    public DnsResponse IPv6 { get; private set; }

    /// <summary>Walks; true where a name has an answer, which is then in <see cref="IPv4"/> and <see cref="IPv6"/>.</summary>
    public bool Run(string name, out DnsResponseCode code)
    {
        bool isComplete = name is [.., '.'];
        if (!isComplete && name.AsSpan().Count('.') < configuration.Ndots && configuration.Searches.Sum(search => search.Length + 1) - 1 <= LongestSearchLine)
        {
            foreach (string search in configuration.Searches)
            {
                // The root makes a name with two dots at its end, which cannot be sent.
                code = search == "." ? DnsResponseCode.ServFail : Ask(string.Concat(name, ".", search));
                if (code != DnsResponseCode.NxDomain)
                {
                    return HasAnswer(ref code);
                }
            }
        }

        code = Ask(isComplete ? name[..^1] : name);
        return HasAnswer(ref code);
    }

    private bool HasAnswer(ref DnsResponseCode code)
    {
        if (code == DnsResponseCode.NoError && (!IPv4.Answer.IsEmpty || !IPv6.Answer.IsEmpty))
        {
            return true;
        }

        // This version has no word for a name without addresses: it is not found.
        code = code == DnsResponseCode.NoError ? DnsResponseCode.NxDomain : code;
        return false;
    }

    private DnsResponseCode Ask(string candidate)
    {
        if (candidate.Length > 0 && !DnsName.IsValid(candidate, out _))
        {
            return DnsResponseCode.NxDomain;
        }

        Tried.Add(candidate);
        for (int attempt = 0; attempt < configuration.Attempts; attempt++)
        {
            DnsResponseCode code = AskOnce(candidate);
            if (code != DnsResponseCode.ServFail)
            {
                return code;
            }
        }

        return DnsResponseCode.ServFail;
    }

    /// <summary>Both families at once; a name that does not exist in one of them does not exist.</summary>
    private DnsResponseCode AskOnce(string candidate)
    {
        IPv4 = Query(candidate, DnsRecordType.A);
        IPv6 = configuration.IsIPv4Only ? IPv4 : Query(candidate, DnsRecordType.AAAA);
        return IPv4.Code == DnsResponseCode.ServFail || IPv6.Code == DnsResponseCode.ServFail ? DnsResponseCode.ServFail
            : IPv4.Code == DnsResponseCode.NxDomain || IPv6.Code == DnsResponseCode.NxDomain ? DnsResponseCode.NxDomain
            : IPv4.Code == DnsResponseCode.NoError && IPv6.Code == DnsResponseCode.NoError ? DnsResponseCode.NoError
            : DnsResponseCode.Refused;
    }

    private DnsResponse Query(string candidate, DnsRecordType type)
    {
        DnsResponse response = server.Query(candidate, type);
        for (int retry = 0; retry < RetriesOfFailures && response.Code == DnsResponseCode.ServFail; retry++)
        {
            response = server.Query(candidate, type);
        }

        return response;
    }
}
