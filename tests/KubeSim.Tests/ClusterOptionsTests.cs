using KubeSim.Addressing;
using KubeSim.Dataplane;

namespace KubeSim.Tests;

/// <summary>A cluster that cannot be made says which option is at fault.</summary>
public sealed class ClusterOptionsTests
{
    private static readonly ClusterOptions Good = new();

    private static IEnumerable<TestCaseData> Bad() =>
    [
        new(Good with { LoadBalancerAddresses = ["x"] }, "LoadBalancerAddresses[0]"),
        new(Good with { LoadBalancerAddresses = [null!] }, "LoadBalancerAddresses[0]"),
        new(Good with { ProxyMode = (ProxyMode)9 }, "ProxyMode"),
        new(Good with { Nodes = [new("a") { ProxyMode = (ProxyMode)9 }] }, "Nodes[0].ProxyMode"),
        new(Good with { KubeProxy = null! }, "KubeProxy"),
        new(Good with { KubernetesVersion = "1.30" }, "KubernetesVersion"),
        new(Good with { KubernetesVersion = null! }, "KubernetesVersion"),
        new(Good with { Nodes = [new("a") { Cores = 0 }] }, "Nodes[0].Cores"),
        new(Good with { KubeProxy = new() { MasqueradeBit = 32 } }, "KubeProxy.MasqueradeBit"),
        new(Good with { KubeProxy = new() { MinSyncPeriod = TimeSpan.FromTicks(-1) } }, "KubeProxy.MinSyncPeriod"),
        new(Good with { KubeProxy = new() { SyncPeriod = TimeSpan.Zero } }, "KubeProxy.SyncPeriod"),
        new(Good with { KubeProxy = new() { Conntrack = null! } }, "KubeProxy.Conntrack"),
        new(Good with { KubeProxy = new() { Conntrack = new() { MaxPerCore = -1 } } }, "KubeProxy.Conntrack.MaxPerCore"),
        new(Good with { KubeProxy = new() { Conntrack = new() { Min = -1 } } }, "KubeProxy.Conntrack.Min"),
        new(Good with { KubeProxy = new() { Conntrack = new() { TcpEstablishedTimeout = TimeSpan.MaxValue } } }, "KubeProxy.Conntrack.TcpEstablishedTimeout"),
        new(Good with { KubeProxy = new() { Conntrack = new() { UdpTimeout = TimeSpan.MinValue } } }, "KubeProxy.Conntrack.UdpTimeout"),
        new(Good with { KubeProxy = new() { IpvsScheduler = "fastest" } }, "KubeProxy.IpvsScheduler"),
        new(Good with { KubeProxy = new() { IpvsScheduler = null! } }, "KubeProxy.IpvsScheduler"),
        new(Good with { KubeProxy = new() { NodePortAddresses = ["primary", "10.0.0.0/8"] } }, "KubeProxy.NodePortAddresses[0]"),
        new(Good with { KubeProxy = new() { NodePortAddresses = [null!] } }, "KubeProxy.NodePortAddresses[0]"),
        new(Good with { KubeProxy = new() { DetectLocalMode = (LocalPodDetector)9 } }, "KubeProxy.DetectLocalMode"),
        new(Good with { KubeProxy = new() { DetectLocalMode = LocalPodDetector.BridgeInterface } }, "KubeProxy.DetectLocalInterface"),
        new(Good with { LoadBalancerAddresses = ["198.51.100.0/24", "198.51.100.5"] }, "LoadBalancerAddresses[1]"),
        new(Good with { ServiceCidr = Cidr.Parse("10.96.0.0/30") }, "ServiceCidr"),
        new(Good with { ServiceCidr = Cidr.Parse("10.244.0.0/20") }, "ServiceCidr"),
        new(Good with { ServiceCidr = Cidr.Parse("fd00:96::/112") }, "ServiceCidr"),
        new(Good with { PodCidr = Cidr.Parse("fd00:244::/48") }, "ServiceCidr"),
        new(Good with { Nodes = [new("a") { Address = IpAddress.Parse("fd00::1") }] }, "Nodes[0].Address"),
        new(Good with { PodCidr = Cidr.Parse("10.244.0.0/24") }, "PodCidr"),
        new(Good with { PodCidr = Cidr.Parse("10.244.0.0/23"), Nodes = [new("a"), new("b")] }, "PodCidr"),
        new(Good with { Nodes = [null!] }, "Nodes[0]"),
        new(Good with { Nodes = [new(null!)] }, "Nodes[0].Name"),
        new(Good with { Nodes = [new("BAD_")] }, "Nodes[0].Name"),
        new(Good with { Nodes = [new(new string('a', 64))] }, "Nodes[0].Name"),
        new(Good with { Nodes = [new("a"), new("a")] }, "Nodes[1].Name"),
        new(Good with { Nodes = [new("a") { Address = IpAddress.Parse("10.244.1.2") }] }, "Nodes[0].Address"),
        new(Good with { Nodes = [new("a") { Address = IpAddress.Parse("10.0.0.1") }, new("b") { Address = IpAddress.Parse("10.0.0.1") }] }, "Nodes[1].Address"),
        new(Good with { ClusterDomain = "" }, "ClusterDomain"),
        new(Good with { ClusterDomain = "a b" }, "ClusterDomain"),
        new(Good with { FirstNodePort = 0 }, "FirstNodePort"),
        new(Good with { LastNodePort = 70_000 }, "LastNodePort"),
        new(Good with { FirstNodePort = 40_000 }, "LastNodePort"),
        new(Good with { Delays = null! }, "Delays"),
        new(Good with { Delays = new() { PodStart = TimeSpan.FromTicks(-1) } }, "Delays.PodStart"),
    ];

    [TestCaseSource(nameof(Bad))]
    public void A_bad_option_is_named(ClusterOptions options, string option) =>
        FluentActions.Invoking(() => Cluster.Create(options)).Should().Throw<ArgumentException>().WithMessage($"ClusterOptions.{option} *");

    [Test]
    public void A_cluster_of_IPv6_has_nodes_Services_and_load_balancers_of_IPv6()
    {
        using var cluster = Cluster.Create(Good with { PodCidr = Cidr.Parse("fd00:244::/48"), ServiceCidr = Cidr.Parse("fd00:96::/112") });
        PodHandle web = cluster.RunPod("web", port: 80);
        cluster.Expose("pod/web", type: "LoadBalancer");

        cluster.Node("node-1").Address.ToString().Should().Be("fd00:192:168::1");
        web.Connect("web:80").IsEstablished.Should().BeTrue();
        cluster.External("2001:db8::9").Connect("[2001:db8:198:51::1]:80").IsEstablished.Should().BeTrue();
    }

    [Test]
    public void The_smallest_blocks_that_are_enough_are_accepted()
    {
        using var cluster = Cluster.Create(Good with { PodCidr = Cidr.Parse("10.244.0.0/23"), ServiceCidr = Cidr.Parse("10.96.0.0/28") });

        cluster.RunPod("web").Address.ToString().Should().StartWith("10.244.1.");
    }
}
