using KubeSim.Addressing;
using KubeSim.Collections;

namespace KubeSim.Dataplane;

/// <summary>One address of a load balancer in front of the cluster.</summary>
/// <param name="Address">The address and port it answers on.</param>
/// <param name="Protocol">What carries it.</param>
/// <param name="Members">The names of the nodes it sends to, in a fixed order.</param>
/// <param name="Service">The Service it was made for, such as <c>default/web</c>; for explanations.</param>
/// <param name="NodePort">0 where packets keep their destination (ipMode VIP); else they are sent to this port of the node (ipMode Proxy).</param>
internal sealed record LoadBalancerFrontend(IpPort Address, TransportProtocol Protocol, EquatableArray<string> Members, string Service, ushort NodePort = 0);
