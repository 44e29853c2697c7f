using KubeSim.Addressing;
using KubeSim.Dataplane;

namespace KubeSim.Tests.Proxy.Oracle;

/// <summary>A cluster as one would write it on paper; everything that decides what becomes of a new flow, and nothing else.</summary>
internal sealed record PlainCluster(PlainService[] Services, PlainNode[] Nodes, ProxySettings Settings);

internal sealed record PlainNode(string Name, string? Zone, string[] Addresses, string[] PodCidrs);

/// <summary>A Service with its slices; <see cref="ClusterIPs"/> is "None" alone for a headless one.</summary>
internal sealed record PlainService(
    string Name,
    string Type,
    string[] ClusterIPs,
    PlainPort[] Ports,
    string[] ExternalIPs,
    PlainIngress[] Ingress,
    bool InternalLocal,
    bool ExternalLocal,
    string[] SourceRanges,
    bool IsForAnotherProxy,
    PlainSlice[] Slices);

internal sealed record PlainPort(string Name, TransportProtocol Protocol, int Port, int NodePort);

/// <summary>An address of a load balancer; the mode is null, VIP or Proxy.</summary>
internal sealed record PlainIngress(string IP, string? Mode);

internal sealed record PlainSlice(string Name, string AddressType, PlainSlicePort[] Ports, PlainEndpoint[] Endpoints);

internal sealed record PlainSlicePort(string? Name, TransportProtocol Protocol, int? Port);

internal sealed record PlainEndpoint(string Address, bool? Ready, bool? Serving, bool? Terminating, string? NodeName, string[] ForNodes, string[] ForZones);

/// <summary>The first packet of a flow as it comes to a node.</summary>
internal sealed record PlainPacket(PlainNode Node, string Source, string Destination, int Port, TransportProtocol Protocol);
