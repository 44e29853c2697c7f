namespace KubeSim.LoadBalancing.Ipvs;

/// <summary>rr: the next in the list after the last one picked. Where that one is taken away, the one before it counts as picked last.</summary>
/// <source>linux v6.x, net/netfilter/ipvs/ip_vs_rr.c</source>
internal sealed class RoundRobinScheduler(RealServers servers) : ILoadBalancer
{
    /// <summary>The place picked last; -1 is the head of the list, before the first.</summary>
    private int _last = -1;

    public int Pick(in PickContext context)
    {
        int picked = Peek(context);
        if (picked != PickContext.NoEndpoint)
        {
            _last = picked;
        }

        return picked;
    }

    public int Peek(in PickContext context)
    {
        Adopt(context.Endpoints.Set);
        int place = _last;
        for (int i = 0; i < servers.Count; i++)
        {
            place = place + 1 < servers.Count ? place + 1 : 0;
            if (servers[place] > 0)
            {
                return place;
            }
        }

        return PickContext.NoEndpoint;
    }

    public void OnEndpointsChanged(in EndpointsChange change) => Adopt(change.Endpoints.Set);

    private void Adopt(BackendSet set)
    {
        BackendSet before = servers.Set;
        if (servers.Adopt(set))
        {
            _last = servers.Follow(before, _last);
        }
    }
}
