using KubeSim.Addressing;
using KubeSim.Api;
using KubeSim.Dataplane;
using KubeSim.Tracing;

namespace KubeSim.Tests;

/// <summary>What differs between the modes of kube-proxy, seen from the front door.</summary>
[TestFixture]
public sealed class ProxyModeTests
{
    private const string ServiceManifest = """
        apiVersion: v1
        kind: Service
        metadata: { name: web }
        spec:
          type: NodePort
          clusterIP: 10.96.7.7
          selector: { app: web }
          ports: [{ port: 80, targetPort: 8080, nodePort: 30080 }]
        """;

    [TestCase(ProxyMode.IPTables, ConnectionOutcome.TimedOut, ReasonCode.NoSuchServicePort)]
    [TestCase(ProxyMode.Nftables, ConnectionOutcome.Refused, ReasonCode.NoSuchServicePort)]
    [TestCase(ProxyMode.Ipvs, ConnectionOutcome.Refused, ReasonCode.NoSuchServicePort)]
    public void A_port_that_no_service_has_on_a_ClusterIP_is_refused_where_the_mode_knows_the_address(ProxyMode mode, ConnectionOutcome outcome, ReasonCode reason) =>
        Dial(mode, "10.96.7.7:81").Should().Be((outcome, reason));

    [TestCase(ProxyMode.IPTables, ConnectionOutcome.TimedOut)]
    [TestCase(ProxyMode.Nftables, ConnectionOutcome.TimedOut)]
    public void An_address_of_the_ServiceCIDR_that_no_service_has_answers_nothing(ProxyMode mode, ConnectionOutcome outcome) =>
        Dial(mode, "10.96.200.200:80").Should().Be((outcome, ReasonCode.NoSuchClusterIP));

    [TestCase(ProxyMode.IPTables, true)]
    [TestCase(ProxyMode.Nftables, false)]
    [TestCase(ProxyMode.Ipvs, false)]
    public void Only_the_iptables_mode_answers_node_ports_on_loopback(ProxyMode mode, bool answers)
    {
        using Cluster cluster = Make(mode);
        cluster.Node("node-1").Connect("127.0.0.1:30080").IsEstablished.Should().Be(answers);
    }

    [TestCase(ProxyMode.IPTables)]
    [TestCase(ProxyMode.Nftables)]
    [TestCase(ProxyMode.Ipvs)]
    public void In_every_mode_a_service_answers_on_its_ClusterIP_and_on_its_node_port(ProxyMode mode)
    {
        using Cluster cluster = Make(mode);
        cluster.Pod("client").Connect("web:80").IsEstablished.Should().BeTrue();
        cluster.External().Connect(new IpPort(cluster.Node("node-2").Address, 30080)).SourceSeenByServer!.Value.Address.Should().Be(cluster.Node("node-2").Address);
    }

    [Test]
    public void Each_node_can_have_a_mode_of_its_own()
    {
        using Cluster cluster = Cluster.Create(new ClusterOptions { Nodes = [new("node-1"), new("node-2") { ProxyMode = ProxyMode.Nftables }] });
        cluster.Apply(ServiceManifest);
        cluster.Node("node-1").Connect("10.96.7.7:81").Outcome.Should().Be(ConnectionOutcome.TimedOut);
        cluster.Node("node-2").Connect("10.96.7.7:81").Outcome.Should().Be(ConnectionOutcome.Refused);
    }

    [TestCase(ProxyMode.IPTables, ConnectionOutcome.TimedOut)]
    [TestCase(ProxyMode.Nftables, ConnectionOutcome.TimedOut)]
    [TestCase(ProxyMode.Ipvs, ConnectionOutcome.Established)]
    public void A_local_policy_without_a_local_endpoint_drops_but_IPVS_falls_back_to_every_endpoint(ProxyMode mode, ConnectionOutcome outcome)
    {
        using Cluster cluster = Make(mode);
        Service web = cluster.Api.Get<Service>("web");
        cluster.Api.Replace(web with { Spec = web.Spec with { ExternalTrafficPolicy = "Local" } });
        cluster.External().Connect(new IpPort(cluster.Node("node-2").Address, 30080)).Outcome.Should().Be(outcome);
    }

    [Test]
    public void IPVS_takes_the_endpoints_in_turn_and_other_modes_draw()
    {
        using Cluster cluster = Make(ProxyMode.Ipvs);
        cluster.RunPod("web-2", node: "node-1", port: 8080, labels: "app=web");
        string[] served = [.. Enumerable.Range(0, 6).Select(_ => cluster.Pod("client").Connect("web:80").ServedBy!)];
        served[2..].Should().Equal(served[..4]);
        served.Distinct().Should().HaveCount(2);
    }

    [TestCase("192.168.0.0/24", true)]
    [TestCase("10.0.0.0/8", false)]
    [TestCase(KubeProxyConfiguration.Primary, true)]
    public void Node_ports_answer_where_the_configuration_says(string addresses, bool answers)
    {
        using Cluster cluster = Make(ProxyMode.IPTables, new KubeProxyConfiguration { NodePortAddresses = [addresses] });
        cluster.External().Connect(new IpPort(cluster.Node("node-1").Address, 30080)).IsEstablished.Should().Be(answers);
    }

    private static (ConnectionOutcome Outcome, ReasonCode Reason) Dial(ProxyMode mode, string target)
    {
        using Cluster cluster = Make(mode);
        Trace trace = cluster.Pod("client").Connect(target).Trace;
        return (trace.Outcome, trace.Reason!.Code);
    }

    /// <summary>Two nodes; the client and the one Pod of the Service are on the first.</summary>
    private static Cluster Make(ProxyMode mode, KubeProxyConfiguration? proxy = null)
    {
        Cluster cluster = Cluster.Create(new ClusterOptions { Nodes = [new("node-1"), new("node-2")], ProxyMode = mode, KubeProxy = proxy ?? new() });
        cluster.RunPod("client", node: "node-1");
        cluster.RunPod("web-1", node: "node-1", port: 8080, labels: "app=web");
        cluster.Apply(ServiceManifest);
        return cluster;
    }
}
