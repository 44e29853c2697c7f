using KubeSim.Addressing;
using KubeSim.LoadBalancing;

namespace KubeSim.Proxy.Ipvs;

/// <summary>One of the kernel's virtual servers.</summary>
/// <param name="Address">Where it answers.</param>
/// <param name="Protocol">What it answers to.</param>
/// <param name="RealServers">Whom it may choose; without any the kernel refuses.</param>
/// <param name="Persistence">How long a client stays with its real server; null without session affinity.</param>
internal readonly record struct VirtualServer(IpPort Address, TransportProtocol Protocol, BackendSet RealServers, TimeSpan? Persistence = null);
