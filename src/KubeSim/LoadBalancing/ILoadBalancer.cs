namespace KubeSim.LoadBalancing;

/// <summary>
/// Chooses the endpoint of each new connection. There is one instance for each service port on each node, made when the first
/// connection needs it, so fields need no key. An exception from any member leaves the call that opened or
/// closed the connection, unchanged, and the cluster is faulted: later calls throw with it inside.
/// </summary>
public interface ILoadBalancer
{
    /// <summary>Picks an endpoint.</summary>
    /// <param name="context">The flow, the endpoints, and the randomness to use.</param>
    /// <returns>The place of the picked endpoint: 0 up to but not including the number of endpoints; or <see cref="PickContext.NoEndpoint"/>.</returns>
    int Pick(in PickContext context);

    /// <summary>What <see cref="Pick"/> would answer, for a trace: leaves the balancer as it was. By default asks <see cref="Pick"/>, which is right unless picking changes a field.</summary>
    /// <param name="context">As for <see cref="Pick"/>; the draws are put back afterwards.</param>
    int Peek(in PickContext context) => Pick(context);

    /// <summary>A connection that this balancer placed has ended.</summary>
    /// <param name="completion">Which endpoint, and how long it took.</param>
    void OnClosed(in FlowCompletion completion)
    {
    }

    /// <summary>The list of endpoints is another one than at the last pick. Told before the next pick, not at the moment of the change.</summary>
    /// <param name="change">The endpoints now.</param>
    void OnEndpointsChanged(in EndpointsChange change)
    {
    }
}
