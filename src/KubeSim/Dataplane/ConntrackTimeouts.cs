using KubeSim.Addressing;

namespace KubeSim.Dataplane;

/// <summary>How long an entry lives without packets.</summary>
/// <source>Linux nf_conntrack sysctls; kubernetes v1.36, kube-proxy's conntrack.tcpEstablishedTimeout</source>
internal static class ConntrackTimeouts
{
    private static readonly long TcpEstablished = TimeSpan.FromHours(24).Ticks;
    private static readonly long SctpEstablished = TimeSpan.FromSeconds(210).Ticks;
    private static readonly long UdpUnreplied = TimeSpan.FromSeconds(30).Ticks;
    private static readonly long UdpStream = TimeSpan.FromSeconds(120).Ticks;

    public static long Ticks(TransportProtocol protocol, bool isReplied) => protocol switch
    {
        TransportProtocol.Tcp => TcpEstablished,
        TransportProtocol.Sctp => SctpEstablished,
        _ => isReplied ? UdpStream : UdpUnreplied,
    };
}
