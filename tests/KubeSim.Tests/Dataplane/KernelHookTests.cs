using KubeSim.Addressing;
using KubeSim.Dataplane;

namespace KubeSim.Tests.Dataplane;

/// <summary>On a packet's way through the kernel each rule stands at one place, and sees only what comes past it.</summary>
[TestFixture]
public sealed class KernelHookTests
{
    private const ushort NodePort = 30080;

    [TestCase(ProxyMode.IPTables, DecisionKind.NoMatch)]
    [TestCase(ProxyMode.Nftables, DecisionKind.Reject)]
    public void What_a_node_sends_to_a_load_balancer_without_endpoints_leaves_in_the_iptables_mode(object mode, object kind)
    {
        Lab lab = With((ProxyMode)mode, Lab.Rule(Lab.Name(), 8080) with { LoadBalancerIPs = [Lab.Ip("198.51.100.1")] });

        Decide(lab, "192.168.0.1", "198.51.100.1:80").Should().Be((DecisionKind)kind);
        Decide(lab, "10.244.1.5", "198.51.100.1:80").Should().Be(DecisionKind.Reject);
        Decide(lab, "192.168.0.1", Lab.ClusterIP + ":80").Should().Be(DecisionKind.Reject);
    }

    [Test]
    public void A_node_port_without_endpoints_is_refused_in_the_iptables_mode_also_where_node_ports_do_not_answer()
    {
        ServiceRule empty = Lab.Rule(Lab.Name(), 8080) with { NodePort = NodePort };
        Lab lab = With(ProxyMode.IPTables, empty, "10.9.0.0/16");

        Decide(lab, "10.244.1.5", "192.168.0.1:30080").Should().Be(DecisionKind.Reject);
        Decide(lab, "127.0.0.1", "127.0.0.1:30080").Should().Be(DecisionKind.Reject);
        Decide(lab, "10.244.1.5", "192.168.0.2:30080").Should().Be(DecisionKind.NoMatch);
        Decide(With(ProxyMode.Nftables, empty, "10.9.0.0/16"), "10.244.1.5", "192.168.0.1:30080").Should().Be(DecisionKind.NoMatch);
    }

    [Test]
    public void A_node_port_without_local_endpoints_is_dropped_in_the_iptables_mode_also_where_node_ports_do_not_answer()
    {
        var lab = new Lab();
        ServiceRule rule = Lab.Rule(Lab.Name(), 8080, lab.Pod("web-0", "2.7")) with { NodePort = NodePort, ExternalLocal = true };
        lab.Install(rule);
        lab.Node(1).ProxySettings = lab.Node(1).ProxySettings with { NodePortAddresses = [Cidr.Parse("10.9.0.0/16")] };

        Decide(lab, "203.0.113.7", "192.168.0.1:30080").Should().Be(DecisionKind.Drop);

        lab.Install(rule with { ExternalLocal = false });
        Decide(lab, "203.0.113.7", "192.168.0.1:30080").Should().Be(DecisionKind.NoMatch);
    }

    [Test]
    public void A_server_on_the_nodes_own_network_sees_who_comes_from_elsewhere_although_the_packet_was_to_be_masqueraded()
    {
        var lab = new Lab();
        PodAttachment server = lab.Network.Attach(lab.Node(1), "default/web-0", [], hostNetwork: true, [], acceptsAnyPort: true);
        PodAttachment client = lab.Pod("client", "1.5");
        lab.Install(Lab.Rule(Lab.Name(), 8080, server) with { NodePort = NodePort });

        lab.Open(client.Sender, "192.168.0.1:30080").SourceSeenByServer.Address.Should().Be(Lab.Ip("10.244.1.5"));
        lab.Open(lab.Node(2).Sender, "192.168.0.1:30080").SourceSeenByServer.Address.Should().Be(Lab.Ip("192.168.0.2"));
        lab.Open(client.Sender, "192.168.0.2:30080").SourceSeenByServer.Address.Should().Be(Lab.Ip("192.168.0.2"), "it goes on to another node");
    }

    private static Lab With(ProxyMode mode, ServiceRule rule, string? nodePortAddresses = null)
    {
        var lab = new Lab(settings: new ProxySettings
        {
            Mode = mode,
            ClusterCidrs = [Cidr.Parse("10.244.0.0/16")],
            NodePortAddresses = nodePortAddresses is null ? [] : [Cidr.Parse(nodePortAddresses)],
        });
        lab.Install(rule);
        return lab;
    }

    private static DecisionKind Decide(Lab lab, string from, string to) =>
        ServiceDecision.Of(lab.Node(1), new Flow(new IpPort(Lab.Ip(from), (ushort)40000), Lab.At(to), TransportProtocol.Tcp)).Kind;
}
