using KubeSim.Addressing;
using KubeSim.Api;
using KubeSim.Dataplane;
using KubeSim.KernelTests.Lab;
using KubeSim.Proxy;
using KubeSim.Simulation;

namespace KubeSim.KernelTests;

public sealed class FirstLightTests
{
    [Test]
    public void It_works([Values(ProxyMode.Nftables, ProxyMode.IPTables)] object mode)
    {
        var queue = new EventQueue();
        NetworkNode node = new Network(queue, new RunLog(queue), new DeterministicRandom(1)).AddNode("node-1", [.. NodeLab.NodeAddresses], [], "zone-a");
        node.ProxySettings = new ProxySettings { Mode = (ProxyMode)mode, Nfacct = false, OnlyPrimaryNodePortAddress = true, ClusterCidrs = [Cidr.Parse("10.244.0.0/16")], ServiceCidrs = [Cidr.Parse("10.96.0.0/16")] };
        var builder = new ServiceTableBuilder(new KubeProxyOptions());
        builder.Set(new Service { Metadata = new() { Name = "web", Namespace = "ns" }, Spec = new() { ClusterIP = "10.96.0.1", ClusterIPs = ["10.96.0.1"], Ports = [new() { Port = 80, Protocol = "TCP", Name = "t" }, new() { Port = 80, Protocol = "UDP", Name = "u" }] } });
        builder.Set(new Service { Metadata = new() { Name = "none", Namespace = "ns" }, Spec = new() { ClusterIP = "10.96.0.2", ClusterIPs = ["10.96.0.2"], Ports = [new() { Port = 80, Protocol = "TCP", Name = "t" }] } });
        builder.Set(new EndpointSlice { Metadata = new() { Name = "web-1", Namespace = "ns", Labels = LabelSet.Of("kubernetes.io/service-name", "web") }, AddressType = "IPv4", Ports = [new() { Port = 8080, Protocol = "TCP", Name = "t" }, new() { Port = 8080, Protocol = "UDP", Name = "u" }], Endpoints = [new() { Addresses = ["10.244.1.5"], NodeName = "node-1" }, new() { Addresses = ["10.244.2.5"] }] });
        node.Install(builder.Table);
        using var lab = new NodeLab();
        using var prober = new Prober(lab);
        NodeRules.Load(lab, node, false, inTurn: true);
        prober.Serve([(TransportProtocol.Tcp, IpPort.Parse("10.244.1.5:8080")), (TransportProtocol.Tcp, IpPort.Parse("10.244.2.5:8080")), (TransportProtocol.Udp, IpPort.Parse("10.244.1.5:8080")), (TransportProtocol.Udp, IpPort.Parse("10.244.2.5:8080"))]);
        string[] sources = ["10.244.1.9", "10.244.1.5", "10.244.2.5", "192.168.0.2", "192.168.1.2", "203.0.113.5"];
        ushort port = 2000;
        var probes = new List<Probe>();
        foreach (string source in sources)
        {
            for (int i = 0; i < 2; i++)
            {
                probes.Add(new(new Flow(new IpPort(IpAddress.Parse(source), port++), IpPort.Parse("10.96.0.1:80"), TransportProtocol.Tcp), true));
                probes.Add(new(new Flow(new IpPort(IpAddress.Parse(source), port++), IpPort.Parse("10.96.0.1:80"), TransportProtocol.Udp), true));
            }

            probes.Add(new(new Flow(new IpPort(IpAddress.Parse(source), port++), IpPort.Parse("10.96.0.2:80"), TransportProtocol.Tcp), true));
            probes.Add(new(new Flow(new IpPort(IpAddress.Parse(source), port++), IpPort.Parse("10.96.0.3:80"), TransportProtocol.Tcp), false));
        }

        var watch = System.Diagnostics.Stopwatch.StartNew();
        Observation[] seen = prober.Send(probes);
        for (int i = 0; i < seen.Length; i++)
        {
            TestContext.Out.WriteLine($"{probes[i].Flow}: {seen[i]}");
        }

        TestContext.Out.WriteLine(watch.Elapsed);
    }
}
