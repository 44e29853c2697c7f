using KubeSim.Addressing;
using KubeSim.Api;
using KubeSim.Dataplane;
using KubeSim.Tracing;
using static KubeSim.Tests.Pains.PainCluster;

namespace KubeSim.Tests.Pains;

/// <summary>Traffic policies: which way into a Service they rule, and for whom.</summary>
[TestFixture]
public sealed class P02TrafficPolicyTests
{
    private static readonly string Local = Web("type: LoadBalancer, externalTrafficPolicy: Local", "[{ port: 80, targetPort: 8080, nodePort: 30080 }]");

    [Test]
    public void External_traffic_policy_Local_works_from_one_node_and_times_out_from_another([Values(ProxyMode.IPTables, ProxyMode.Nftables)] ProxyMode mode)
    {
        using Cluster cluster = With(Local, Mode(mode), "node-1");

        cluster.External().Connect(cluster.NodePort("node-1")).SourceSeenByServer!.Value.Address.Should().Be(cluster.External().Address, "the policy keeps it");
        Trace lost = cluster.External().Connect(cluster.NodePort("node-2")).Trace;
        (lost.Outcome, lost.Reason!.Code, lost.Reason.Field).Should().Be((ConnectionOutcome.TimedOut, ReasonCode.NoLocalEndpoints, "spec.externalTrafficPolicy"));
        foreach (TrafficSource inside in (TrafficSource[])[cluster.Pod("client"), cluster.Node("node-2")])
        {
            inside.Connect(cluster.NodePort("node-2")).Outcome.Should().Be(ConnectionOutcome.Established, "who is inside goes to any endpoint");
            inside.Connect(cluster.Vip()).Outcome.Should().Be(ConnectionOutcome.Established);
        }
    }

    [TestCase("1.33", ConnectionOutcome.TimedOut)]
    [TestCase("1.34", ConnectionOutcome.Established)]
    public void The_nftables_mode_up_to_1_33_drops_from_pods_and_nodes_too(string version, ConnectionOutcome outcome)
    {
        using Cluster cluster = With(Local, Mode(ProxyMode.Nftables, version), "node-1");

        cluster.Pod("client").Connect(cluster.Vip()).Outcome.Should().Be(outcome);
        cluster.Node("node-2").Connect(cluster.Vip()).Outcome.Should().Be(outcome);
        cluster.Node("node-1").Connect(cluster.Vip()).Outcome.Should().Be(ConnectionOutcome.Established, "there is a local endpoint");
    }

    [Test]
    public void External_traffic_policy_Local_does_not_keep_the_source_of_a_ClusterIP()
    {
        using Cluster cluster = With(Local, null, "node-1");
        var clusterIP = new IpPort(IpAddress.Parse(cluster.Api.Get<Service>("web").Spec.ClusterIP!), 80);

        cluster.Node("node-2").Connect(clusterIP).ServedByNode.Should().Be("node-1", "a ClusterIP does not look at externalTrafficPolicy");
        cluster.Node("node-2").Connect(clusterIP).Trace.Find<Step.Masquerade>()!.ToString().Should().Contain("the source is no Pod");
    }

    [Test]
    public void Internal_traffic_policy_Local_is_ignored_on_node_ports()
    {
        using Cluster cluster = With(Web("type: NodePort, internalTrafficPolicy: Local", "[{ port: 80, targetPort: 8080, nodePort: 30080 }]"), null, "node-1");

        cluster.Pod("client").Connect("web:80").Trace.Reason!.Code.Should().Be(ReasonCode.NoLocalEndpoints);
        cluster.Pod("client").Connect(cluster.NodePort("node-2")).ServedByNode.Should().Be("node-1");
    }

    [Test]
    public void IPVS_falls_back_to_every_endpoint_where_the_others_drop()
    {
        using Cluster cluster = With(Local, Mode(ProxyMode.Ipvs), "node-1");
        cluster.External().Connect(cluster.NodePort("node-2")).ServedByNode.Should().Be("node-1");
    }
}
