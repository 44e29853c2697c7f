using KubeSim.Addressing;

namespace KubeSim.LoadBalancing;

/// <summary>An endpoint as a balancer sees it.</summary>
/// <param name="Address">Where its traffic goes: the endpoint's address and its target port.</param>
/// <param name="NodeName">The node it runs on, or null where the EndpointSlice does not say.</param>
/// <param name="Zone">The zone it runs in, or null where the EndpointSlice does not say.</param>
public readonly record struct Backend(IpPort Address, string? NodeName = null, string? Zone = null);
