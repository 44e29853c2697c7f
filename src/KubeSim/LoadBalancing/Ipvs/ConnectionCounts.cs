using System.Runtime.InteropServices;
using KubeSim.Addressing;

namespace KubeSim.LoadBalancing.Ipvs;

/// <summary>
/// The connections of one virtual service as IPVS counts them. Active: open, and of TCP or SCTP. Inactive: closed, but not yet
/// forgotten; and all of UDP, which for IPVS is never active.
/// </summary>
/// <remarks>A closed connection counts for as long as one does whose client closes it first (TIME_WAIT). Connections that were never established are not counted.</remarks>
/// <source>linux v6.x, net/netfilter/ipvs/ip_vs_conn.c, ip_vs_proto_tcp.c, ip_vs_proto_udp.c, ip_vs_proto_sctp.c</source>
internal sealed class ConnectionCounts
{
    private const int ActiveCost = 256;

    private static readonly long TcpTimeWait = TimeSpan.FromSeconds(120).Ticks;
    private static readonly long SctpClosed = TimeSpan.FromSeconds(61).Ticks;
    private static readonly long UdpNormal = TimeSpan.FromSeconds(300).Ticks;

    /// <summary>The closed ones by the tick at which they closed. Those that close together are forgotten together, so their order is nobody's concern.</summary>
    private readonly PriorityQueue<IpPort, long> _closed = new();

    private readonly Dictionary<IpPort, int> _inactive = [];

    /// <summary>The active connections of a place.</summary>
    public static int Active(in PickContext context, int place) =>
        context.Flow.Protocol == TransportProtocol.Udp ? 0 : context.ActiveFlows(place);

    /// <summary>Forgets the closed connections whose time is over; to be called before <see cref="Overhead"/>.</summary>
    public void Forget(in PickContext context)
    {
        long timeout = context.Flow.Protocol switch
        {
            TransportProtocol.Tcp => TcpTimeWait,
            TransportProtocol.Udp => UdpNormal,
            _ => SctpClosed,
        };
        while (_closed.TryPeek(out IpPort endpoint, out long closedAt) && context.Now.Ticks - closedAt >= timeout)
        {
            _closed.Dequeue();
            ref int count = ref CollectionsMarshal.GetValueRefOrNullRef(_inactive, endpoint);
            if (--count == 0)
            {
                _inactive.Remove(endpoint);
            }
        }
    }

    /// <summary>What a place has to bear: an active connection counts as 256 inactive ones.</summary>
    /// <source>linux v6.x, include/net/ip_vs.h: ip_vs_dest_conn_overhead</source>
    public long Overhead(in PickContext context, int place)
    {
        long open = context.ActiveFlows(place);
        int inactive = _inactive.Count == 0 ? 0 : _inactive.GetValueOrDefault(context.Endpoints[place].Address);
        return (context.Flow.Protocol == TransportProtocol.Udp ? open : open * ActiveCost) + inactive;
    }

    public void Closed(in FlowCompletion completion)
    {
        _closed.Enqueue(completion.Endpoint, completion.ClosedAt.Ticks);
        CollectionsMarshal.GetValueRefOrAddDefault(_inactive, completion.Endpoint, out _)++;
    }
}
