using KubeSim.Api;
using KubeSim.Dataplane;
using KubeSim.Tracing;
using static KubeSim.Tests.Pains.PainCluster;

namespace KubeSim.Tests.Pains;

/// <summary>A UDP client that keeps its source port never opens anything new: its flow lives on in conntrack.</summary>
[TestFixture]
public sealed class P01UdpTests
{
    private static readonly string Dns = Web("clusterIP: 10.96.0.53", "[{ port: 53, protocol: UDP }]");

    [Test]
    public void UDP_clients_keep_talking_to_a_dead_pod_until_its_endpoint_is_taken_out_of_conntrack([Values("1.31", "1.32", "1.36", "1.37")] string version)
    {
        using Cluster cluster = With(Dns, Mode(ProxyMode.IPTables, version), "node-1");
        Connection query = cluster.Pod("client").Connect("udp://10.96.0.53:53");
        cluster.RunPod("web-1", node: "node-1", labels: "app=web");

        cluster.Kill("web-0");

        query.Send().Find<Step.Deliver>()!.Server.Should().Contain("web-1");
    }

    [Test]
    public void UDP_clients_keep_talking_to_a_dead_pod_while_kube_proxy_has_not_heard_of_it()
    {
        var delays = new PropagationDelays { ControllerToProxy = TimeSpan.FromSeconds(2) };
        using Cluster cluster = With(Dns, new ClusterOptions { Delays = delays }, "node-1", "node-1");
        cluster.Clock.Advance(TimeSpan.FromSeconds(10));
        Connection query = cluster.Pod("client").Connect("udp://10.96.0.53:53");

        cluster.Kill(query.ServedBy!);

        query.Send().Reason!.Code.Should().Be(ReasonCode.PodNotFound);
        cluster.Clock.Advance(TimeSpan.FromSeconds(4));
        query.Send().Outcome.Should().Be(ConnectionOutcome.Established);
    }

    [TestCase("1.31", ConnectionOutcome.Refused)]
    [TestCase("1.32", ConnectionOutcome.TimedOut)]
    [TestCase("1.36", ConnectionOutcome.TimedOut)]
    [TestCase("1.37", ConnectionOutcome.Refused)]
    public void UDP_clients_keep_talking_to_the_last_dead_pod_from_1_32_to_1_36(string version, ConnectionOutcome outcome)
    {
        using Cluster cluster = With(Dns, Mode(ProxyMode.IPTables, version), "node-1");
        Connection query = cluster.Pod("client").Connect("udp://10.96.0.53:53");

        cluster.Kill("web-0");

        for (int i = 0; i < 100; i++)
        {
            // The sender itself keeps the dead flow alive.
            query.Send().Outcome.Should().Be(outcome);
            cluster.Clock.Advance(TimeSpan.FromSeconds(20));
        }
    }

    [TestCase("1.31", false)]
    [TestCase("1.36", true)]
    public void UDP_flows_of_a_deleted_service_go_on_with_the_reconciler(string version, bool goesOn)
    {
        using Cluster cluster = With(Dns, Mode(ProxyMode.Nftables, version), "node-1");
        Connection query = cluster.Pod("client").Connect("udp://10.96.0.53:53");

        cluster.Delete("service/web");

        (query.Send().Outcome == ConnectionOutcome.Established).Should().Be(goesOn);
    }

    [Test]
    public void A_flow_that_began_before_its_service_is_put_right_when_the_service_gets_endpoints([Values("1.31", "1.36")] string version)
    {
        using Cluster cluster = With(Web("clusterIP: 10.96.0.99"), Mode(ProxyMode.IPTables, version), "node-1");
        Connection query = cluster.Pod("client").Connect("udp://10.96.0.53:53");
        query.Outcome.Should().Be(ConnectionOutcome.TimedOut, "nobody has that address yet");

        cluster.Api.Delete<Service>("web");
        cluster.Apply(Dns);

        cluster.Pod("client").Connect("udp://10.96.0.53:53").Outcome.Should().Be(ConnectionOutcome.Established);
    }

    [Test]
    public void Silent_clients_are_forgotten_after_30_seconds_and_answered_ones_after_two_minutes_or_as_configured()
    {
        var longer = new KubeProxyConfiguration { Conntrack = new() { UdpTimeout = TimeSpan.FromMinutes(5), UdpStreamTimeout = TimeSpan.FromMinutes(5) } };
        LivesOn(new(), 119).Should().BeTrue();
        LivesOn(new(), 121).Should().BeFalse();
        LivesOn(longer, 299).Should().BeTrue();

        static bool LivesOn(KubeProxyConfiguration proxy, int seconds)
        {
            using Cluster cluster = With(Dns, Mode(ProxyMode.IPTables, proxy: proxy), "node-1");
            Connection query = cluster.Pod("client").Connect("udp://10.96.0.53:53");
            cluster.Kill("web-0");
            cluster.Clock.Advance(TimeSpan.FromSeconds(seconds));
            return query.Send().Has<Step.ConntrackHit>();
        }
    }
}
