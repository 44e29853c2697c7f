namespace KubeSim.LoadBalancing.Ipvs;

/// <summary>sed: the fewest active connections for its weight, the new one included; the first in the list on a tie.</summary>
/// <remarks>Inactive connections do not count, so all of UDP, and TCP connections one after another, go to the first of the heaviest.</remarks>
/// <source>linux v6.x, net/netfilter/ipvs/ip_vs_sed.c</source>
internal sealed class ShortestExpectedDelayScheduler(RealServers servers) : ILoadBalancer
{
    public int Pick(in PickContext context)
    {
        servers.Adopt(context.Endpoints.Set);
        int least = PickContext.NoEndpoint;
        long leastDelay = 0;
        for (int i = 0; i < servers.Count; i++)
        {
            if (servers[i] == 0)
            {
                continue;
            }

            long delay = ConnectionCounts.Active(context, i) + 1L;
            if (least == PickContext.NoEndpoint || leastDelay * servers[i] > delay * servers[least])
            {
                (least, leastDelay) = (i, delay);
            }
        }

        return least;
    }

    public void OnEndpointsChanged(in EndpointsChange change) => servers.Adopt(change.Endpoints.Set);
}
