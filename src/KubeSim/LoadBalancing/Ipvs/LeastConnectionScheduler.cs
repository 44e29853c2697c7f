namespace KubeSim.LoadBalancing.Ipvs;

/// <summary>lc: the least overhead; the first in the list on a tie. Weights matter only where they are 0.</summary>
/// <source>linux v6.x, net/netfilter/ipvs/ip_vs_lc.c</source>
internal sealed class LeastConnectionScheduler(RealServers servers) : ILoadBalancer
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
            if (servers[i] > 0 && _connections.Overhead(context, i) is var overhead && overhead < leastOverhead)
            {
                (least, leastOverhead) = (i, overhead);
            }
        }

        return least;
    }

    public void OnClosed(in FlowCompletion completion) => _connections.Closed(completion);

    public void OnEndpointsChanged(in EndpointsChange change) => servers.Adopt(change.Endpoints.Set);
}
