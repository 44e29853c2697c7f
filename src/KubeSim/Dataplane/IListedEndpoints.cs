using KubeSim.LoadBalancing;
using KubeSim.Tracing;

namespace KubeSim.Dataplane;

/// <summary>All endpoints that the slices list for a service port, usable or not. Immutable.</summary>
internal interface IListedEndpoints
{
    int Count { get; }

    /// <summary>Tells why a node could pick only some of them.</summary>
    /// <param name="node">The node's name.</param>
    /// <param name="zone">Its zone, or null.</param>
    /// <param name="candidates">Those that it could pick.</param>
    /// <param name="localPolicy">The traffic policy that leaves only the node's own, for example <c>externalTrafficPolicy</c>; null where none does.</param>
    EndpointChoice Explain(string node, string? zone, BackendSet candidates, string? localPolicy);
}
