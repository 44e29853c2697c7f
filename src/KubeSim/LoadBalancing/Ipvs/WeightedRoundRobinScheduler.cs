namespace KubeSim.LoadBalancing.Ipvs;

/// <summary>
/// wrr: walks the list for servers of at least the current weight, and lowers that by the greatest common divisor at each turn.
/// After any change to the list it begins at the head again, the current weight being kept as far as it still can be.
/// </summary>
/// <remarks>The first list is taken as a whole, as where a scheduler is bound to a service that has its servers already.</remarks>
/// <source>linux v6.x, net/netfilter/ipvs/ip_vs_wrr.c</source>
internal sealed class WeightedRoundRobinScheduler(RealServers servers) : ILoadBalancer
{
    private const int Head = -1;

    private int _last = Head;
    private int _currentWeight;
    private int _maximum;
    private int _step = 1;

    public int Pick(in PickContext context)
    {
        int picked = Next(context, out int currentWeight);
        if (picked != PickContext.NoEndpoint)
        {
            (_last, _currentWeight) = (picked, currentWeight);
        }

        return picked;
    }

    public int Peek(in PickContext context) => Next(context, out _);

    public void OnEndpointsChanged(in EndpointsChange change) => Adopt(change.Endpoints.Set);

    private int Next(in PickContext context, out int currentWeight)
    {
        Adopt(context.Endpoints.Set);
        int place = _last;
        currentWeight = _currentWeight;

        // Ends: the current weight comes down to the step at the latest, and every server but the quiesced ones has at least that.
        while (_maximum > 0)
        {
            for (place++; place < servers.Count; place++)
            {
                if (servers[place] >= currentWeight)
                {
                    return place;
                }
            }

            place = Head;
            currentWeight -= _step;
            if (currentWeight <= 0)
            {
                currentWeight = _maximum;
            }
        }

        return PickContext.NoEndpoint;
    }

    private void Adopt(BackendSet set)
    {
        bool isFirst = servers.Set.IsEmpty;
        if (!servers.Adopt(set))
        {
            return;
        }

        int heaviest = 0;
        int divisor = 0;
        for (int i = 0; i < servers.Count; i++)
        {
            heaviest = Math.Max(heaviest, servers[i]);
            divisor = Divisor.Greatest(divisor, servers[i]);
        }

        _last = Head;
        _step = Math.Max(divisor, 1);
        _maximum = heaviest - (_step - 1);
        if (isFirst || _currentWeight > _maximum || _currentWeight == 0)
        {
            _currentWeight = _maximum;
        }
        else if (_step > 1)
        {
            _currentWeight = (_currentWeight / _step * _step) + 1;
        }
    }
}
