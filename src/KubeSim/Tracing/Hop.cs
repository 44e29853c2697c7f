namespace KubeSim.Tracing;

/// <summary>One thing that happened to a packet.</summary>
/// <param name="Place">Where: a node, a host, or what stands in front of the nodes.</param>
/// <param name="Step">What.</param>
public sealed record Hop(string Place, Step Step);
