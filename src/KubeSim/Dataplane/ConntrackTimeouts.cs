using KubeSim.Addressing;

namespace KubeSim.Dataplane;

/// <summary>
/// How long an entry lives without packets. A TCP connection is either open or forgotten: there are no entries for the states before and after,
/// and so no time-outs of theirs (Linux' time_wait of 120 s, kube-proxy's close_wait of one hour).
/// </summary>
/// <source>Linux nf_conntrack sysctls; kubernetes v1.36, kube-proxy's conntrack.tcpEstablishedTimeout</source>
internal sealed record ConntrackTimeouts
{
    /// <summary>The kernel's own, but for what kube-proxy writes by default.</summary>
    public static ConntrackTimeouts Default { get; } = new();

    /// <summary>The kernel's own for TCP, where kube-proxy writes nothing.</summary>
    public static TimeSpan KernelTcpEstablished { get; } = TimeSpan.FromDays(5);

    public TimeSpan TcpEstablished { get; init; } = TimeSpan.FromHours(24);

    public TimeSpan SctpEstablished { get; init; } = TimeSpan.FromSeconds(210);

    public TimeSpan Udp { get; init; } = TimeSpan.FromSeconds(30);

    public TimeSpan UdpStream { get; init; } = TimeSpan.FromSeconds(120);

    public long Ticks(TransportProtocol protocol, bool isReplied) => protocol switch
    {
        TransportProtocol.Tcp => TcpEstablished.Ticks,
        TransportProtocol.Sctp => SctpEstablished.Ticks,
        _ => isReplied ? UdpStream.Ticks : Udp.Ticks,
    };
}
