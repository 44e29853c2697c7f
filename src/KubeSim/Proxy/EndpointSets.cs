using KubeSim.Dataplane;

namespace KubeSim.Proxy;

/// <summary>The endpoints of a service port, sorted by who may use them.</summary>
/// <param name="Cluster">For ways that lead to all endpoints.</param>
/// <param name="Local">For ways that lead only to endpoints of the node.</param>
/// <param name="Counts">What there is.</param>
internal sealed record EndpointSets(BackendSelection Cluster, BackendSelection Local, EndpointCounts Counts)
{
    public static EndpointSets Empty { get; } = new(BackendSelection.Empty, BackendSelection.Empty, default);
}
