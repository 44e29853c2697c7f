using System.Globalization;

namespace KubeSim.Proxy;

/// <summary>
/// kube-proxy's options for the kernel's connection tracking, and what it writes at start-up because of them. A time of null or
/// zero leaves the kernel's setting alone.
/// </summary>
/// <source>kubernetes v1.36, pkg/proxy/conntrack/sysctls.go</source>
internal sealed record ConntrackSettings
{
    private const int Most = 1_048_576;

    /// <summary><c>--conntrack-max-per-core</c>; null or 0 leaves the limit alone.</summary>
    public int? MaxPerCore { get; init; }

    /// <summary><c>--conntrack-min</c>.</summary>
    public int? Min { get; init; }

    public TimeSpan? TcpEstablishedTimeout { get; init; }

    public TimeSpan? TcpCloseWaitTimeout { get; init; }

    /// <summary><c>--conntrack-tcp-be-liberal</c>.</summary>
    public bool TcpBeLiberal { get; init; }

    public TimeSpan? UdpTimeout { get; init; }

    public TimeSpan? UdpStreamTimeout { get; init; }

    /// <summary>How many flows the kernel shall remember at most; 0 for what it does by itself.</summary>
    /// <param name="cores">The machine's processors.</param>
    public int MaxFor(int cores)
    {
        if (MaxPerCore is not > 0)
        {
            return 0;
        }

        // The limit is looked at first: where it cuts, the minimum is not looked at any more.
        long scaled = (long)MaxPerCore.Value * cores;
        return scaled > Most ? Most : Math.Max((int)scaled, Min ?? 0);
    }

    /// <summary>The settings below <c>net/netfilter</c> that are written, as <c>name=value</c>, in kube-proxy's order.</summary>
    public IReadOnlyList<string> WritesFor(int cores)
    {
        var writes = new List<string>();
        if (MaxFor(cores) is > 0 and var most)
        {
            writes.Add(string.Create(CultureInfo.InvariantCulture, $"nf_conntrack_max={most}"));
        }

        AddSeconds(writes, "nf_conntrack_tcp_timeout_established", TcpEstablishedTimeout);
        AddSeconds(writes, "nf_conntrack_tcp_timeout_close_wait", TcpCloseWaitTimeout);
        if (TcpBeLiberal)
        {
            writes.Add("nf_conntrack_tcp_be_liberal=1");
        }

        AddSeconds(writes, "nf_conntrack_udp_timeout", UdpTimeout);
        AddSeconds(writes, "nf_conntrack_udp_timeout_stream", UdpStreamTimeout);
        return writes;
    }

    private static void AddSeconds(List<string> writes, string name, TimeSpan? time)
    {
        if (time is { Ticks: > 0 } set)
        {
            writes.Add(string.Create(CultureInfo.InvariantCulture, $"{name}={(long)set.TotalSeconds}"));
        }
    }
}
