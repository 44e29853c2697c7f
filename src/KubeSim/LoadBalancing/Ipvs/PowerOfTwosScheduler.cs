namespace KubeSim.LoadBalancing.Ipvs;

/// <summary>twos: of two drawn by weight, which may be the same one, the one with less overhead for its weight; the first drawn on a tie.</summary>
/// <remarks>The draw is from 0 to the sum of the weights, both included, and 0 is the first server's too: of n equals it is drawn 2 times in n + 1, each other once.</remarks>
/// <source>linux v6.x, net/netfilter/ipvs/ip_vs_twos.c</source>
internal sealed class PowerOfTwosScheduler(RealServers servers) : ILoadBalancer
{
    private readonly ConnectionCounts _connections = new();
    private long _totalWeight;

    public int Pick(in PickContext context)
    {
        Adopt(context.Endpoints.Set);
        if (_totalWeight == 0)
        {
            return PickContext.NoEndpoint;
        }

        _connections.Forget(context);
        long firstDraw = context.Random.NextInt64(_totalWeight + 1);
        long secondDraw = context.Random.NextInt64(_totalWeight + 1);
        int first = Drawn(firstDraw);
        int second = Drawn(secondDraw);
        return _connections.Overhead(context, first) * servers[second] > _connections.Overhead(context, second) * servers[first] ? second : first;
    }

    public void OnClosed(in FlowCompletion completion) => _connections.Closed(completion);

    public void OnEndpointsChanged(in EndpointsChange change) => Adopt(change.Endpoints.Set);

    private int Drawn(long draw)
    {
        int place = 0;
        while ((draw -= servers[place]) > 0 || servers[place] == 0)
        {
            place++;
        }

        return place;
    }

    private void Adopt(BackendSet set)
    {
        if (!servers.Adopt(set))
        {
            return;
        }

        _totalWeight = 0;
        for (int i = 0; i < servers.Count; i++)
        {
            _totalWeight += servers[i];
        }
    }
}
