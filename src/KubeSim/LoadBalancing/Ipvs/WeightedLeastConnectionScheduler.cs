namespace KubeSim.LoadBalancing.Ipvs;

/// <summary>wlc: the least overhead for its weight; the first in the list on a tie.</summary>
/// <source>linux v6.x, net/netfilter/ipvs/ip_vs_wlc.c</source>
internal sealed class WeightedLeastConnectionScheduler(RealServers servers) : ILoadBalancer
{
    private readonly ConnectionCounts _connections = new();

    public int Pick(in PickContext context)
    {
        servers.Adopt(context.Endpoints.Set);
        _connections.Forget(context);
        int least = PickContext.NoEndpoint;
        long leastOverhead = long.MaxValue;
        for (int i = 0; i < servers.Count && leastOverhead > 0; i++)
        {
            if (servers[i] == 0)
            {
                continue;
            }

            // a/v > b/w without division; products stay below 2^63.
            long overhead = _connections.Overhead(context, i);
            if (least == PickContext.NoEndpoint || leastOverhead * servers[i] > overhead * servers[least])
            {
                (least, leastOverhead) = (i, overhead);
            }
        }

        return least;
    }

    public void OnClosed(in FlowCompletion completion) => _connections.Closed(completion);

    public void OnEndpointsChanged(in EndpointsChange change) => servers.Adopt(change.Endpoints.Set);
}
