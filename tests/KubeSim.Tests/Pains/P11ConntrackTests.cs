using KubeSim.Addressing;
using KubeSim.Dataplane;
using KubeSim.Measurement;
using KubeSim.Tracing;
using static KubeSim.Tests.Pains.PainCluster;

namespace KubeSim.Tests.Pains;

/// <summary>The kernel's connection tracking, when it does what nobody expects.</summary>
[TestFixture]
public sealed class P11ConntrackTests
{
    private static readonly KubeProxyConfiguration TenFlows = new() { Conntrack = new() { MaxPerCore = 5, Min = 0 } };

    [TestCase(ProxyMode.IPTables, false, ConnectionOutcome.Established)]
    [TestCase(ProxyMode.Nftables, false, ConnectionOutcome.Reset)]
    [TestCase(ProxyMode.Nftables, true, ConnectionOutcome.Established)]
    public void Connections_are_reset_by_INVALID_packets_unless_they_are_dropped_or_conntrack_is_liberal(ProxyMode mode, bool isLiberal, ConnectionOutcome outcome)
    {
        using Cluster cluster = With(Web("type: NodePort", "[{ port: 80, targetPort: 8080, nodePort: 30080 }]"), Mode(mode, proxy: new() { Conntrack = new() { TcpBeLiberal = isLiberal } }), "node-1");
        foreach (Connection connection in (Connection[])[cluster.Pod("client").Connect("web:80"), cluster.External().Connect(cluster.NodePort("node-2"))])
        {
            connection.ReceiveOutOfWindow().Should().Be(outcome);
            connection.Send().Outcome.Should().Be(outcome, "the segment either did no harm or ended the connection");
        }

        cluster.Pod("client").Connect(new IpPort(cluster.Pod("web-0").Address, 8080)).ReceiveOutOfWindow().Should().Be(ConnectionOutcome.Established, "nothing is translated there");
    }

    [Test]
    public void A_full_conntrack_table_drops_new_flows_and_leaves_established_ones_alone()
    {
        using Cluster cluster = With(Web(""), new ClusterOptions { KubeProxy = TenFlows, Nodes = [new("node-1"), new("node-2") { Cores = 2 }] }, "node-1");
        Connection first = cluster.Pod("client").Connect("web:80");

        LoadReport report = cluster.Pod("client").ConnectMany("web:80", 20, keepOpen: true);

        report.Established.Should().Be(9);
        report.Count(ConnectionOutcome.TimedOut).Should().Be(11);
        Trace lost = cluster.Pod("client").Trace("web:80");
        lost.Reason!.Code.Should().Be(ReasonCode.ConntrackFull);
        lost.Reason.Message.Should().Contain("10 flows");
        lost.ToString().Should().Contain("nf_conntrack: table full, dropping packet");
        first.Send().Outcome.Should().Be(ConnectionOutcome.Established);
        first.Dispose();
        cluster.Pod("client").Connect("web:80").IsEstablished.Should().BeTrue("one has made room");
    }

    [Test]
    public void A_full_conntrack_table_takes_new_flows_again_when_old_ones_have_timed_out()
    {
        using Cluster cluster = With(Web("", "[{ port: 53, protocol: UDP }]"), new ClusterOptions { KubeProxy = TenFlows, Nodes = [new("node-1"), new("node-2") { Cores = 2 }] }, "node-1");
        cluster.Pod("client").ConnectMany("udp://web:53", 20, keepOpen: true).Established.Should().Be(10);

        cluster.Clock.Advance(TimeSpan.FromSeconds(121));

        cluster.Pod("client").Trace("udp://web:53").Outcome.Should().Be(ConnectionOutcome.Established, "a rehearsal sees the room too");
        cluster.Pod("client").ConnectMany("udp://web:53", 20, keepOpen: true).Established.Should().Be(10);
    }

    [Test]
    public void An_idle_TCP_connection_is_forgotten_after_24_hours_or_as_configured()
    {
        AfterADay(new()).Should().Be(ConnectionOutcome.Reset);
        AfterADay(new() { Conntrack = new() { TcpEstablishedTimeout = TimeSpan.Zero } }).Should().Be(ConnectionOutcome.Established, "the kernel itself waits five days");

        static ConnectionOutcome AfterADay(KubeProxyConfiguration proxy)
        {
            using Cluster cluster = With(Web(""), new ClusterOptions { KubeProxy = proxy }, "node-1");
            Connection idle = cluster.Pod("client").Connect("web:80");
            cluster.Clock.Advance(TimeSpan.FromHours(24));
            return idle.Send().Outcome;
        }
    }
}
