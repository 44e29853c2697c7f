using KubeSim.Addressing;
using KubeSim.Simulation;

namespace KubeSim.LoadBalancing;

/// <summary>What a balancer is asked: which of these endpoints takes this new flow. Lives only as long as the question.</summary>
public readonly ref struct PickContext
{
    /// <summary>The answer that none of the endpoints takes the flow: its sender is refused, as where a Service has no endpoints.</summary>
    public const int NoEndpoint = -1;

    private readonly BackendSet _endpoints;
    private readonly ActiveFlowCounts? _flows;

    internal PickContext(scoped in Flow flow, BackendSet endpoints, DeterministicRandom random, TimeSpan now, ActiveFlowCounts? flows)
    {
        Flow = flow;
        _endpoints = endpoints;
        Random = random;
        Now = now;
        _flows = flows;
    }

    /// <summary>The flow as the client sent it, before any translation.</summary>
    public Flow Flow { get; }

    /// <summary>The endpoints that may be picked; at least one.</summary>
    public BackendList Endpoints => new(_endpoints);

    /// <summary>The only randomness a pick may use: a stream of this service port on this node.</summary>
    public DeterministicRandom Random { get; }

    /// <summary>Elapsed virtual time since the cluster's start.</summary>
    public TimeSpan Now { get; }

    /// <summary>How many connections of this service port this node keeps open to an endpoint.</summary>
    /// <param name="index">The endpoint's place in <see cref="Endpoints"/>.</param>
    /// <returns>0 or more. Connections through other nodes are not known here, as in a real cluster.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such place.</exception>
    public int ActiveFlows(int index) => _flows is null ? 0 : _flows[Endpoints[index].Address];
}
