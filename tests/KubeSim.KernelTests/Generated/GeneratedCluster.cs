using System.Globalization;
using KubeSim.Addressing;
using KubeSim.Api;
using KubeSim.Collections;
using KubeSim.Dataplane;
using KubeSim.KernelTests.Lab;
using KubeSim.LoadBalancing;
using KubeSim.Proxy;
using KubeSim.Simulation;

namespace KubeSim.KernelTests.Generated;

/// <summary>A generated cluster in KubeSim: the objects that kube-proxy of <c>node-1</c> sees, and a network around that node.</summary>
internal sealed class GeneratedCluster
{
    private static readonly string[] Ports = ["tcp", "udp"];

    private readonly ClusterCase _case;
    private readonly Addresses _addresses;
    private readonly ServiceTableBuilder _builder = new(new KubeProxyOptions());

    public GeneratedCluster(ClusterCase generated)
    {
        _case = generated;
        _addresses = new Addresses(generated.IsIPv6);
        var queue = new EventQueue();
        Network = new Network(queue, new RunLog(queue), new DeterministicRandom(1), LoadBalancerPolicy.RoundRobin);
        Node = Network.AddNode("node-1", [.. _addresses.Node], [_addresses.PodCidr], generated.Node.HasZone ? "zone-a" : null);
        Node.ProxySettings = Settings(generated.Node);
        for (int i = 0; i < generated.Services.Length; i++)
        {
            Add(i, generated.Services[i]);
        }

        Node.Install(_builder.Table);
        Surroundings = new Surroundings(Network, Node, _addresses, generated);
        Flows = [.. generated.Probes.Select(FlowOf)];
    }

    public NetworkNode Node { get; }

    public Network Network { get; }

    /// <summary>Who else is in the network.</summary>
    public Surroundings Surroundings { get; }

    public bool IsIPv6 => _case.IsIPv6;

    /// <summary>What is tried.</summary>
    public IReadOnlyList<Flow> Flows { get; }

    /// <summary>All endpoints of its Services.</summary>
    public IEnumerable<IpPort> Endpoints => _case.Services.SelectMany(service => service.Endpoints).Select(endpoint => new IpPort(_addresses.Endpoint(endpoint.Host), TargetPort(endpoint.Port)));

    private ProxySettings Settings(NodeCase node) => new()
    {
        Mode = node.IsNftables ? ProxyMode.Nftables : ProxyMode.IPTables,
        Detector = node.Detector,
        DetectorInterface = node.Detector == LocalPodDetector.BridgeInterface ? "cni0" : "cni",
        ClusterCidrs = [_addresses.ClusterCidr],
        ServiceCidrs = node.KnowsServiceCidr ? [_addresses.ServiceCidr] : [],
        MasqueradeAll = node.MasqueradeAll,
        MasqueradeBit = node.MasqueradeBit,
        OnlyPrimaryNodePortAddress = node.NodePortAddresses == 1,
        NodePortAddresses = node.NodePortAddresses switch
        {
            2 => [_addresses.SecondCidr],
            3 => [_addresses.SecondCidr, _addresses.LoopbackCidr],
            _ => [],
        },
        LocalhostNodePorts = node.LocalhostNodePorts,
        Nfacct = false,
    };

    private static ushort TargetPort(int number) => (ushort)(8080 + number);

    private Flow FlowOf(ProbeCase probe)
    {
        int service = probe.Service % _case.Services.Length;
        bool isUdp = _case.Services[service].Ports is 3 || probe.Target is 2 or 3 or 12 ? probe.IsUdp : _case.Services[service].Ports == 2;
        IpPort target = _addresses.Target(probe.Target, service, isUdp);
        IpAddress client = target.Address.IsLoopback ? target.Address : _addresses.Client(probe.From, service);
        return new(new IpPort(client, SourcePorts.Next()), target, isUdp ? TransportProtocol.Udp : TransportProtocol.Tcp);
    }

    private void Add(int number, ServiceCase service)
    {
        string name = string.Create(CultureInfo.InvariantCulture, $"svc-{number}");
        string[] ports = [.. Ports.Where((_, i) => (service.Ports & (i + 1)) != 0)];
        IpAddress clusterIP = _addresses.ClusterIP(number);
        _builder.Set(new Service
        {
            Metadata = new() { Name = name, Namespace = "ns" },
            Spec = new()
            {
                Type = service.Kind switch { 0 => "ClusterIP", 1 => "NodePort", _ => "LoadBalancer" },
                ClusterIP = clusterIP.ToString(),
                ClusterIPs = [clusterIP.ToString()],
                IPFamilies = [IsIPv6 ? "IPv6" : "IPv4"],
                Ports = [.. ports.Select(port => new ServicePort { Name = port, Port = Addresses.ServicePort, Protocol = port.ToUpperInvariant(), NodePort = service.Kind == 0 ? null : Addresses.NodePort(number, port == "udp") })],
                InternalTrafficPolicy = service.InternalLocal ? "Local" : "Cluster",
                ExternalTrafficPolicy = service.ExternalLocal ? "Local" : "Cluster",
                SessionAffinity = service.HasAffinity ? "ClientIP" : "None",
                SessionAffinityConfig = service.HasAffinity ? new() { ClientIP = new() { TimeoutSeconds = 10_800 } } : null,
                ExternalIPs = [.. Enumerable.Range(0, service.ExternalIPs).Select(i => _addresses.ExternalIP(number, i).ToString())],
                LoadBalancerSourceRanges = service.Kind == 2 ? [.. _addresses.SourceRanges.Where((_, i) => (service.SourceRanges & (1 << i)) != 0).Select(range => range.ToString())] : [],
            },
            Status = service.Kind != 2 ? ServiceStatus.Empty : new()
            {
                LoadBalancer = new()
                {
                    Ingress = [.. Enumerable.Range(0, service.Ingress).Select(i => new LoadBalancerIngress { IP = _addresses.Ingress(number, i).ToString(), IPMode = service.IsIngressProxy && i == service.Ingress - 1 ? "Proxy" : "VIP" })],
                },
            },
        });
        foreach (IGrouping<int, EndpointCase> slice in service.Endpoints.GroupBy(endpoint => endpoint.Port))
        {
            _builder.Set(new EndpointSlice
            {
                Metadata = new() { Name = string.Create(CultureInfo.InvariantCulture, $"{name}-{slice.Key}"), Namespace = "ns", Labels = LabelSet.Of("kubernetes.io/service-name", name) },
                AddressType = IsIPv6 ? "IPv6" : "IPv4",
                Ports = [.. ports.Select(port => new EndpointPort { Name = port, Port = TargetPort(slice.Key), Protocol = port.ToUpperInvariant() })],
                Endpoints = [.. slice.DistinctBy(endpoint => endpoint.Host).Select(endpoint => Make(endpoint, service.Hints))],
            });
        }
    }

    private Endpoint Make(EndpointCase endpoint, int hints) => new()
    {
        Addresses = [_addresses.Endpoint(endpoint.Host).ToString()],
        NodeName = (_case.Node.Nameless & (1 << endpoint.Host)) == 0 ? Addresses.NodeNameOf(endpoint.Host) : null,
        Conditions = endpoint.Condition switch
        {
            < 4 => EndpointConditions.Empty,
            4 => new() { Ready = false },
            5 => new() { Ready = false, Serving = true, Terminating = true },
            _ => new() { Ready = false, Serving = false, Terminating = true },
        },
        Hints = HintsOf(endpoint, hints),
    };

    private static EndpointHints? HintsOf(EndpointCase endpoint, int hints)
    {
        string zone = endpoint.Hint % 2 == 0 ? "zone-a" : "zone-b";
        EquatableArray<ForZone> zones = [new() { Name = zone }];
        EquatableArray<ForNode> nodes = [new() { Name = Addresses.NodeNameOf(endpoint.Host) }];
        return hints switch
        {
            0 => null,
            1 => new() { ForZones = zones },
            2 => new() { ForZones = zones, ForNodes = nodes },
            3 => endpoint.Hint == 0 ? null : new() { ForZones = zones },
            _ => endpoint.Hint == 0 ? null : new() { ForZones = endpoint.Hint < 3 ? zones : [], ForNodes = endpoint.Hint >= 3 ? nodes : [] },
        };
    }
}
