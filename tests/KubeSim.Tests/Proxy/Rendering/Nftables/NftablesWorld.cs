using KubeSim.Addressing;
using KubeSim.Api;
using KubeSim.Dataplane;
using KubeSim.Proxy;
using KubeSim.Proxy.Rendering.Nftables;
using KubeSim.Simulation;

namespace KubeSim.Tests.Proxy.Rendering.Nftables;

/// <summary>One node in the nftables mode, its Services, and what its syncs wrote.</summary>
internal sealed class NftablesWorld
{
    private readonly ServiceTableBuilder _builder = new(new KubeProxyOptions());
    private TimeSpan _now;

    public NftablesWorld(NftablesLayout layout = NftablesLayout.Kubernetes136)
    {
        var queue = new EventQueue();
        Node = new Network(queue, new RunLog(queue), new DeterministicRandom(1))
            .AddNode("node-1", [IpAddress.Parse("192.168.0.2"), IpAddress.Parse("192.168.1.2"), IpAddress.Parse("fd00::2")], [], "zone-a");
        Node.ProxySettings = new ProxySettings { Mode = ProxyMode.Nftables, OnlyPrimaryNodePortAddress = true, ClusterCidrs = [Cidr.Parse("10.0.0.0/8")], ServiceCidrs = [Cidr.Parse("172.30.0.0/16")] };
        Sync = new NftablesSync(Node, isIPv6: false, layout);
    }

    public NetworkNode Node { get; }

    public NftablesSync Sync { get; private set; }

    public ServiceTable Services => _builder.Table;

    /// <summary>What the last sync gave to nft.</summary>
    public IReadOnlyList<NftablesTransaction> Last { get; private set; } = [];

    /// <summary>How many operations the last sync's own transaction had.</summary>
    public int Operations => Last[^1].Operations;

    public static Service Service(string name, string clusterIP, params ServicePort[] ports) => new()
    {
        Metadata = new() { Name = name, Namespace = "ns" },
        Spec = new() { ClusterIP = clusterIP, ClusterIPs = [clusterIP], Ports = ports.Length > 0 ? [.. ports] : [new() { Name = "p80", Port = 80, Protocol = "TCP" }] },
    };

    public void Put(Service service) => _builder.Set(service);

    public void Delete(string service) => _builder.RemoveService(new NamespacedName("ns", service));

    /// <summary>Gives a Service the endpoints of these addresses, all on this node.</summary>
    public void Endpoints(string service, params string[] addresses) => _builder.Set(new EndpointSlice
    {
        Metadata = new() { Name = service + "-1", Namespace = "ns", Labels = LabelSet.Of("kubernetes.io/service-name", service) },
        AddressType = "IPv4",
        Ports = [new() { Name = "p80", Port = 80, Protocol = "TCP" }],
        Endpoints = [.. addresses.Select(address => new Endpoint { Addresses = [address], NodeName = "node-1" })],
    });

    /// <summary>Syncs some time after the last time.</summary>
    public void Run(double secondsLater = 0.5, params NamespacedName[] slicesChanged)
    {
        _now += TimeSpan.FromSeconds(secondsLater);
        Last = Sync.Sync(_builder.Table, _now, slicesChanged);
    }

    /// <summary>kube-proxy ends and another starts; the kernel keeps its table.</summary>
    public void RestartProxy() => Sync = new NftablesSync(Node, isIPv6: false, existing: Sync.Table);

    /// <summary>The rules of a chain as kube-proxy writes them.</summary>
    public string[] Rules(string chain) => [.. Sync.Table.FindChain(chain)!.Rules.Select(rule => rule.Input)];

    public string[] Elements(string set) => [.. Sync.Table.FindSet(set)!.Elements.Select(element => element.ToString())];
}
