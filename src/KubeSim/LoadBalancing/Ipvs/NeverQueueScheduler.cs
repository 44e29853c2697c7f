namespace KubeSim.LoadBalancing.Ipvs;

/// <summary>nq: the first in the list without an active connection, however light; where there is none, as sed.</summary>
/// <remarks>UDP is never active for IPVS, so all of it goes to the first in the list.</remarks>
/// <source>linux v6.x, net/netfilter/ipvs/ip_vs_nq.c</source>
internal sealed class NeverQueueScheduler(RealServers servers) : ILoadBalancer
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
            if (delay == 1)
            {
                return i;
            }

            if (least == PickContext.NoEndpoint || leastDelay * servers[i] > delay * servers[least])
            {
                (least, leastDelay) = (i, delay);
            }
        }

        return least;
    }

    public void OnEndpointsChanged(in EndpointsChange change) => servers.Adopt(change.Endpoints.Set);
}
