namespace KubeSim.Dns;

/// <summary>
/// The walk of glibc's resolver along the search list: asks for addresses of both families under each candidate name until one has an
/// answer. A name with a final dot is complete; one with enough dots is tried as it is first, any other last.
/// </summary>
/// <source>glibc 2.36 resolv/res_query.c, __res_context_search and __res_context_query</source>
internal ref struct NameSearch(ResolverConfiguration configuration, INameServer server)
{
    private readonly List<string> _tried = [];
    private bool _sawNoData;
    private bool _sawServFail;

    /// <summary>The complete names that were asked for.</summary>
    public readonly List<string> Tried => _tried;

    public DnsResponse IPv4 { get; private set; }

    public DnsResponse IPv6 { get; private set; }

    /// <summary>Walks; true where a name has an answer, which is then in <see cref="IPv4"/> and <see cref="IPv6"/>.</summary>
    public bool Run(string name, out DnsResponseCode code)
    {
        if (name is [.., '.'])
        {
            return Ask(name[..^1], out code);
        }

        int dots = name.AsSpan().Count('.');
        DnsResponseCode? asItIs = null;
        if (dots >= configuration.Ndots)
        {
            if (Ask(name, out code))
            {
                return true;
            }

            asItIs = code;
        }

        bool rootIsListed = false;
        foreach (string search in configuration.Searches)
        {
            rootIsListed |= search == ".";
            if (Ask(search == "." ? name : string.Concat(name, ".", search), out code))
            {
                return true;
            }
        }

        DnsResponseCode last = asItIs ?? DnsResponseCode.NxDomain;
        if (asItIs is null && !rootIsListed)
        {
            bool seenNoData = _sawNoData;
            bool seenServFail = _sawServFail;
            if (Ask(name, out last))
            {
                code = last;
                return true;
            }

            (_sawNoData, _sawServFail) = (seenNoData, seenServFail);
        }

        code = asItIs ?? (_sawNoData ? DnsResponseCode.NoError : _sawServFail ? DnsResponseCode.ServFail : last);
        return false;
    }

    private bool Ask(string candidate, out DnsResponseCode code)
    {
        if (!IsSendable(candidate))
        {
            code = DnsResponseCode.NxDomain;
            return false;
        }

        _tried.Add(candidate);
        for (int attempt = 0; attempt < configuration.Attempts; attempt++)
        {
            IPv4 = server.Query(candidate, DnsRecordType.A);
            IPv6 = configuration.IsIPv4Only ? IPv4 : server.Query(candidate, DnsRecordType.AAAA);
            if (!Failed(IPv4) && !Failed(IPv6))
            {
                break;
            }
        }

        if (HasAnswer(IPv4) || HasAnswer(IPv6))
        {
            code = DnsResponseCode.NoError;
            return true;
        }

        code = IPv4.Code == DnsResponseCode.NoError ? IPv6.Code : IPv4.Code;
        code = code == DnsResponseCode.Refused ? DnsResponseCode.ServFail : code;
        _sawNoData |= code == DnsResponseCode.NoError;
        _sawServFail |= code == DnsResponseCode.ServFail;
        return false;
    }

    private static bool Failed(in DnsResponse response) => response.Code is DnsResponseCode.ServFail or DnsResponseCode.Refused;

    private static bool HasAnswer(in DnsResponse response) => response.Code == DnsResponseCode.NoError && !response.Answer.IsEmpty;

    /// <summary>The root alone is a name too.</summary>
    private static bool IsSendable(string candidate) => candidate.Length == 0 || DnsName.IsValid(candidate, out _);
}
