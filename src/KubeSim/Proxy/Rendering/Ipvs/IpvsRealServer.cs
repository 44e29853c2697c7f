using KubeSim.Addressing;

namespace KubeSim.Proxy.Rendering.Ipvs;

/// <summary>Where a virtual server sends connections.</summary>
/// <param name="Address">An endpoint.</param>
/// <param name="Weight">1, or 0 where the endpoint is no longer wanted and only keeps the connections that it has.</param>
/// <param name="ActiveConnections">Open ones of TCP and SCTP.</param>
/// <param name="InactiveConnections">All of UDP. Where the kernel keeps a closed connection of TCP for two minutes, a node here forgets it at once.</param>
internal sealed record IpvsRealServer(IpPort Address, int Weight, int ActiveConnections, int InactiveConnections);
