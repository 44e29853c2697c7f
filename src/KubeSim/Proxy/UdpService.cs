using KubeSim.Api;
using KubeSim.Collections;
using KubeSim.Dataplane;

namespace KubeSim.Proxy;

/// <summary>What the search for stale flows needs of a Service with UDP ports, as it was at one time.</summary>
/// <param name="Rules">Its UDP ports.</param>
/// <param name="Slices">All its slices.</param>
internal sealed record UdpService(EquatableArray<ServiceRule> Rules, EquatableArray<EndpointSlice> Slices);
