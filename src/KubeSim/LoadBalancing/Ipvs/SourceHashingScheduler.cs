namespace KubeSim.LoadBalancing.Ipvs;

/// <summary>
/// sh: the client's address names one of 256 buckets, which the servers fill in the order of the list, each as many in a row as its
/// weight, again and again. Servers for which no bucket is left get nothing, and the clients of a quiesced one are refused.
/// </summary>
/// <remarks>The flags sh-fallback and sh-port, which kube-proxy does not set, are absent.</remarks>
/// <source>linux v6.x, net/netfilter/ipvs/ip_vs_sh.c</source>
internal sealed class SourceHashingScheduler(RealServers servers) : ILoadBalancer
{
    /// <summary>The place in each bucket. Every server takes at least one, so no place beyond 255 comes in.</summary>
    private readonly byte[] _buckets = new byte[AddressHash.Buckets];

    public int Pick(in PickContext context)
    {
        Adopt(context.Endpoints.Set);
        int place = _buckets[AddressHash.Bucket(context.Flow.Source.Address)];
        return servers[place] > 0 ? place : PickContext.NoEndpoint;
    }

    public void OnEndpointsChanged(in EndpointsChange change) => Adopt(change.Endpoints.Set);

    private void Adopt(BackendSet set)
    {
        if (!servers.Adopt(set) || servers.Count == 0)
        {
            return;
        }

        int place = 0;
        int inARow = 0;
        for (int bucket = 0; bucket < _buckets.Length; bucket++)
        {
            _buckets[bucket] = (byte)place;
            if (++inARow >= servers[place])
            {
                place = place + 1 < servers.Count ? place + 1 : 0;
                inARow = 0;
            }
        }
    }
}
