using KubeSim.Addressing;
using KubeSim.LoadBalancing;
using KubeSim.Simulation;

namespace KubeSim.Dataplane;

/// <summary>What one node remembers of one service port: its balancer, its randomness, and which client was where.</summary>
internal sealed class ServicePortState
{
    private readonly LoadBalancerPolicy _policy;
    private readonly ILoadBalancer _balancer;
    private readonly DeterministicRandom _random;
    private readonly ActiveFlowCounts? _flows;
    private BackendSet? _lastSet;

    public ServicePortState(LoadBalancerPolicy policy, DeterministicRandom random)
    {
        _policy = policy;
        _balancer = policy.Create();
        _random = random;
        _flows = policy.CountsFlows ? new ActiveFlowCounts() : null;
    }

    /// <summary>Which client was where; null while the service port has no session affinity.</summary>
    public AffinityRecords? Affinity { get; set; }

    /// <summary>Picks a place in the list, or <see cref="PickContext.NoEndpoint"/>; as a rehearsal it leaves the balancer and the randomness as they were.</summary>
    /// <exception cref="InvalidOperationException">The balancer answered with a place that is not in the list.</exception>
    public int Pick(in Flow flow, BackendSet backends, TimeSpan now, bool rehearse)
    {
        if (!ReferenceEquals(backends, _lastSet))
        {
            if (_lastSet is not null)
            {
                _balancer.OnEndpointsChanged(new EndpointsChange(backends));
            }

            _lastSet = backends;
        }

        var context = new PickContext(flow, backends, _random, now, _flows);
        int picked;
        if (rehearse)
        {
            RandomState place = _random.Save();
            picked = _balancer.Peek(context);
            _random.Restore(place);
        }
        else
        {
            picked = _balancer.Pick(context);
        }

        return picked >= PickContext.NoEndpoint && picked < backends.Count ? picked : throw OutOfRange(picked, backends.Count);
    }

    public void Opened(IpPort endpoint) => _flows?.Opened(endpoint);

    public void Closed(IpPort endpoint, TimeSpan duration, TimeSpan at)
    {
        _flows?.Closed(endpoint);
        _balancer.OnClosed(new FlowCompletion(endpoint, duration, at));
    }

    private InvalidOperationException OutOfRange(int picked, int count) =>
        new($"The load-balancing policy '{_policy.Name}' picked place {picked} of {count} endpoints; it must be 0 to {count - 1}.");
}
