using KubeSim.Addressing;
using KubeSim.Collections;

namespace KubeSim.Proxy.Rendering.Ipvs;

/// <summary>An address and port that IPVS answers on.</summary>
/// <param name="Protocol">The protocol.</param>
/// <param name="Address">A ClusterIP, an external IP, a load balancer's address, or an address of the node with a node port.</param>
/// <param name="Persistence">How long a client stays with its real server; null without session affinity.</param>
/// <param name="RealServers">In the order of their addresses.</param>
internal sealed record IpvsVirtualServer(TransportProtocol Protocol, IpPort Address, TimeSpan? Persistence, EquatableArray<IpvsRealServer> RealServers);
