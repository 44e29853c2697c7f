using KubeSim.Dataplane;

namespace KubeSim.KernelTests.Generated;

/// <summary>A cluster as far as one node's rules show it, and what is tried on it. Everything is a small number or a flag, so that a failing one can be made smaller.</summary>
internal sealed record ClusterCase(bool IsIPv6, NodeCase Node, ServiceCase[] Services, ProbeCase[] Probes)
{
    public override string ToString() =>
        $"{(IsIPv6 ? "IPv6" : "IPv4")} {Node}\n{string.Join('\n', Services.Select((service, i) => $"  service {i}: {service}"))}\n{string.Join('\n', Probes.Select(probe => $"  {probe}"))}";
}

/// <summary>How kube-proxy is configured.</summary>
/// <param name="IsNftables">Or else iptables.</param>
/// <param name="Detector">How it tells Pods.</param>
/// <param name="MasqueradeAll">Whether whatever goes to a ClusterIP is masqueraded.</param>
/// <param name="NodePortAddresses">0 for all, 1 for the primary address, 2 for the block of the second one, 3 for that and loopback.</param>
/// <param name="LocalhostNodePorts">Whether node ports answer on 127.0.0.1.</param>
/// <param name="KnowsServiceCidr">Whether the ServiceCIDR is known.</param>
/// <param name="HasZone">Whether the node has a zone.</param>
/// <param name="MasqueradeBit">The mark.</param>
/// <param name="Nameless">A bit for each host of endpoints whose slices do not say which node they are on.</param>
internal sealed record NodeCase(
    bool IsNftables, LocalPodDetector Detector, bool MasqueradeAll, int NodePortAddresses, bool LocalhostNodePorts, bool KnowsServiceCidr, bool HasZone, int MasqueradeBit, int Nameless);

/// <summary>A Service and its endpoints.</summary>
/// <param name="Kind">0 ClusterIP, 1 NodePort, 2 LoadBalancer.</param>
/// <param name="Ports">1 for TCP, 2 for UDP, 3 for both.</param>
/// <param name="InternalLocal">internalTrafficPolicy Local.</param>
/// <param name="ExternalLocal">externalTrafficPolicy Local.</param>
/// <param name="HasAffinity">sessionAffinity ClientIP.</param>
/// <param name="ExternalIPs">How many.</param>
/// <param name="Ingress">How many addresses the load balancer has.</param>
/// <param name="IsIngressProxy">ipMode Proxy of the last of them.</param>
/// <param name="SourceRanges">A bit for each range: one client outside, the nodes, the Pods, everybody.</param>
/// <param name="Hints">0 none, 1 for zones, 2 for nodes, 3 for some, 4 as each endpoint says.</param>
/// <param name="Endpoints">The endpoints.</param>
internal sealed record ServiceCase(
    int Kind, int Ports, bool InternalLocal, bool ExternalLocal, bool HasAffinity, int ExternalIPs, int Ingress, bool IsIngressProxy, int SourceRanges, int Hints, EndpointCase[] Endpoints)
{
    public override string ToString() =>
        $"kind {Kind}, ports {Ports}, iTP {InternalLocal}, eTP {ExternalLocal}, affinity {HasAffinity}, externalIPs {ExternalIPs}, ingress {Ingress} (proxy {IsIngressProxy}), ranges {SourceRanges}, hints {Hints}, endpoints [{string.Join("; ", (object[])Endpoints)}]";
}

/// <summary>An endpoint.</summary>
/// <param name="Host">0 to 3 Pods of the node, 4 to 6 Pods of another one, 7 the node, 8 the other node.</param>
/// <param name="Port">The target port: 0 or 1.</param>
/// <param name="Condition">0 to 3 ready, 4 not ready, 5 terminating but serving, 6 terminating.</param>
/// <param name="Hint">0 none, 1 this zone, 2 the other zone, 3 this node, 4 the other node.</param>
internal sealed record EndpointCase(int Host, int Port, int Condition, int Hint);

/// <summary>A connection that is tried.</summary>
/// <param name="From">Who: a number of <see cref="Addresses.Client"/>.</param>
/// <param name="Service">Which Service.</param>
/// <param name="Target">What of it: a number of <see cref="Addresses.Target"/>.</param>
/// <param name="IsUdp">The protocol, where the Service has both or the target has none.</param>
internal sealed record ProbeCase(int From, int Service, int Target, bool IsUdp);
