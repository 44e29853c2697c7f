using KubeSim.Addressing;

namespace KubeSim.Measurement;

/// <summary>What one endpoint got of a load.</summary>
/// <param name="Endpoint">Its address and port.</param>
/// <param name="Pod">The Pod's name without its namespace; null where the endpoint is no Pod.</param>
/// <param name="Node">The node it runs on; null where that is not known.</param>
/// <param name="Connections">How many connections it answered; 0 or more.</param>
public sealed record EndpointShare(IpPort Endpoint, string? Pod, string? Node, long Connections);
