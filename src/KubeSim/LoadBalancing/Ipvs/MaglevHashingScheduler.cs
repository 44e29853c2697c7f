namespace KubeSim.LoadBalancing.Ipvs;

/// <summary>mh: the client's address names a slot of a <see cref="MaglevTable"/>. A server that is quiesced keeps its slots, and its clients are refused.</summary>
/// <remarks>The flags mh-fallback and mh-port, which kube-proxy does not set, are absent.</remarks>
/// <source>linux v6.x, net/netfilter/ipvs/ip_vs_mh.c</source>
internal sealed class MaglevHashingScheduler(RealServers servers) : ILoadBalancer
{
    private MaglevTable? _table;

    /// <summary>The last weight of each server that was not 0: the table is made of these.</summary>
    private int[] _lastWeights = [];

    public int Pick(in PickContext context)
    {
        Adopt(context.Endpoints.Set);
        int place = _table is null ? PickContext.NoEndpoint : _table[context.Flow.Source.Address];
        return place >= 0 && servers[place] > 0 ? place : PickContext.NoEndpoint;
    }

    public void OnEndpointsChanged(in EndpointsChange change) => Adopt(change.Endpoints.Set);

    private void Adopt(BackendSet set)
    {
        BackendSet before = servers.Set;
        if (!servers.Adopt(set))
        {
            return;
        }

        int[] weights = new int[servers.Count];
        for (int i = 0; i < weights.Length; i++)
        {
            weights[i] = servers[i];
            if (weights[i] == 0 && before.IndexOf(set[i].Address, i) is >= 0 and var place)
            {
                weights[i] = _lastWeights[place];
            }
        }

        _lastWeights = weights;
        _table = MaglevTable.Build(set, weights);
    }
}
