using KubeSim.Addressing;

namespace KubeSim.LoadBalancing;

/// <summary>A connection that has ended.</summary>
/// <param name="Endpoint">The endpoint that served it.</param>
/// <param name="Duration">How long it was open, in virtual time; zero or more.</param>
/// <param name="ClosedAt">When it ended: elapsed virtual time since the cluster's start, as <see cref="PickContext.Now"/>. One that timed out may be told of later.</param>
public readonly record struct FlowCompletion(IpPort Endpoint, TimeSpan Duration, TimeSpan ClosedAt);
