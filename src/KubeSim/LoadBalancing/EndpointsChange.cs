namespace KubeSim.LoadBalancing;

/// <summary>The endpoints of a service port have changed since the balancer was last asked.</summary>
public readonly ref struct EndpointsChange
{
    internal EndpointsChange(BackendSet endpoints) => Endpoints = new(endpoints);

    /// <summary>The endpoints now, of which the next pick chooses.</summary>
    public BackendList Endpoints { get; }
}
