using KubeSim.Addressing;
using KubeSim.Collections;
using KubeSim.Dataplane;
using KubeSim.Tracing;
using static KubeSim.Tests.Pains.PainCluster;

namespace KubeSim.Tests.Pains;

/// <summary>What the server sees of the client, and who may come at all.</summary>
[TestFixture]
public sealed class P07SourceAddressTests
{
    private const string Ports = "[{ port: 80, targetPort: 8080, nodePort: 30080 }]";

    [Test]
    public void The_source_is_the_nodes_and_not_the_clients_with_the_policy_Cluster()
    {
        using Cluster cluster = With(Web("type: NodePort", Ports), null, "node-1");
        Connection connection = cluster.External().Connect(cluster.NodePort("node-2"));

        connection.SourceSeenByServer!.Value.Address.Should().Be(cluster.Node("node-2").Address);
        connection.Trace.Find<Step.Masquerade>()!.ToString().Should().Contain("externalTrafficPolicy Cluster");
    }

    [TestCase("10.244.0.0/16", false, false)]
    [TestCase("10.9.0.0/16", false, true)]
    [TestCase("", false, false)]
    [TestCase("10.244.0.0/16", true, true)]
    public void A_wrong_cluster_CIDR_makes_pods_look_like_nodes(string clusterCidr, bool masqueradeAll, bool isMasqueraded)
    {
        var proxy = new KubeProxyConfiguration { ClusterCidr = clusterCidr.Length == 0 ? new EquatableArray<Cidr>() : [Cidr.Parse(clusterCidr)], MasqueradeAll = masqueradeAll };
        using Cluster cluster = With(Web(""), Mode(ProxyMode.IPTables, proxy: proxy), "node-1");

        Connection connection = cluster.Pod("client").Connect("web:80");

        (connection.SourceSeenByServer!.Value.Address == cluster.Node("node-2").Address).Should().Be(isMasqueraded, "{0}", connection.Trace);
    }

    [TestCase(ProxyMode.IPTables, true, ConnectionOutcome.Established)]
    [TestCase(ProxyMode.Nftables, true, ConnectionOutcome.Established)]
    [TestCase(ProxyMode.Ipvs, true, ConnectionOutcome.Established)]
    [TestCase(ProxyMode.IPTables, false, ConnectionOutcome.TimedOut)]
    public void A_pod_cannot_reach_itself_through_its_service_without_hairpin_mode(ProxyMode mode, bool hairpinMode, ConnectionOutcome outcome)
    {
        using Cluster cluster = With(Web(""), Mode(mode) with { Nodes = [new("node-1") { HairpinMode = hairpinMode }, new("node-2")] }, "node-1");

        Trace trace = cluster.Pod("web-0").Connect("web:80").Trace;

        trace.Outcome.Should().Be(outcome, "{0}", trace);
        trace.Reason?.Code.Should().Be(ReasonCode.HairpinLost);
        trace.Find<Step.Masquerade>()!.ToString().Should().Contain("hairpin", "kube-proxy has done its half either way");
        cluster.Pod("client").Connect("web:80").IsEstablished.Should().BeTrue();
    }

    [Test]
    public void LoadBalancer_source_ranges_cover_neither_node_ports_nor_do_they_spare_pods_and_nodes([Values] ProxyMode mode)
    {
        using Cluster cluster = With(Web("type: LoadBalancer, loadBalancerSourceRanges: [203.0.113.0/28]", Ports), Mode(mode), "node-1");
        (ConnectionOutcome, ReasonCode?) blocked = (ConnectionOutcome.TimedOut, ReasonCode.SourceNotAllowed);

        cluster.External("203.0.113.1").Connect(cluster.Vip()).IsEstablished.Should().BeTrue();
        Dial(cluster.External("203.0.113.99"), cluster.Vip()).Should().Be(blocked);
        cluster.External("203.0.113.99").Connect(cluster.NodePort("node-1")).IsEstablished.Should().BeTrue("a node port does not look at them");
        Dial(cluster.Pod("client"), cluster.Vip()).Should().Be(blocked);
        Dial(cluster.Node("node-2"), cluster.Vip()).Should().Be(blocked);
    }

    [TestCase(ProxyMode.IPTables, ConnectionOutcome.Refused)]
    [TestCase(ProxyMode.Nftables, ConnectionOutcome.TimedOut)]
    public void A_blocked_source_of_an_empty_service_is_refused_by_iptables_and_dropped_by_nftables(ProxyMode mode, ConnectionOutcome outcome)
    {
        using Cluster cluster = With(Web("type: LoadBalancer, loadBalancerSourceRanges: [203.0.113.0/28]"), Mode(mode));
        Dial(cluster.Pod("client"), cluster.Vip()).Outcome.Should().Be(outcome);
    }

    [TestCase(ProxyMode.IPTables, true, ConnectionOutcome.Established)]
    [TestCase(ProxyMode.IPTables, false, ConnectionOutcome.Refused)]
    [TestCase(ProxyMode.Nftables, true, ConnectionOutcome.Refused)]
    [TestCase(ProxyMode.Ipvs, true, ConnectionOutcome.Refused)]
    public void Curl_localhost_and_a_node_port_fails_after_the_switch_to_nftables_or_IPVS(ProxyMode mode, bool localhostNodePorts, ConnectionOutcome outcome)
    {
        using Cluster cluster = With(Web("type: NodePort", Ports), Mode(mode, proxy: new() { LocalhostNodePorts = localhostNodePorts }), "node-1");
        cluster.Node("node-1").Connect("127.0.0.1:30080").Outcome.Should().Be(outcome);
        cluster.Node("node-1").Connect(cluster.NodePort("node-1")).IsEstablished.Should().BeTrue();
    }

    private static (ConnectionOutcome Outcome, ReasonCode? Reason) Dial(TrafficSource from, IpPort to)
    {
        Trace trace = from.Connect(to).Trace;
        return (trace.Outcome, trace.Reason?.Code);
    }
}
