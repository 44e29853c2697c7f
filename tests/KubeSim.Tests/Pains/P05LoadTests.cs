using KubeSim.Dataplane;
using KubeSim.Tracing;
using static KubeSim.Tests.Pains.PainCluster;

namespace KubeSim.Tests.Pains;

/// <summary>Who gets the load, and who stays where.</summary>
[TestFixture]
public sealed class P05LoadTests
{
    [Test]
    public void Load_is_uneven_because_open_connections_stay_where_they_are_after_a_scale_up()
    {
        using Cluster cluster = With(Web(""), null, "node-1");
        Connection[] pool = [.. Enumerable.Range(0, 50).Select(_ => cluster.Pod("client").Connect("web:80"))];

        cluster.RunPod("web-1", node: "node-2", labels: "app=web");

        pool.Select(connection => connection.Send().Find<Step.Deliver>()!.Server).Distinct().Should().ContainSingle("HTTP/2 and keep-alive see nothing of the new Pod");
        cluster.Pod("client").ConnectMany("web:80", 1000).PerEndpoint.Should().HaveCount(2).And.OnlyContain(share => share.Connections > 430);
    }

    [Test]
    public void Session_affinity_holds_for_its_timeout_and_every_new_connection_renews_it()
    {
        using Cluster cluster = With(Sticky, null, "node-1", "node-2");
        string served = cluster.Pod("client").Connect("web:80").ServedBy!;
        for (int i = 0; i < 20; i++)
        {
            cluster.Clock.Advance(TimeSpan.FromSeconds(599));
            cluster.Pod("client").Connect("web:80").ServedBy.Should().Be(served);
        }

        cluster.Clock.Advance(TimeSpan.FromSeconds(601));
        cluster.Pod("client").Trace("web:80").Has<Step.AffinityHit>().Should().BeFalse();
    }

    [Test]
    public void Session_affinity_moves_a_client_whose_endpoint_is_no_longer_ready()
    {
        using Cluster cluster = With(Sticky, null, "node-1", "node-2");
        string served = cluster.Pod("client").Connect("web:80").ServedBy!;

        cluster.Pod(served).Ready = false;

        cluster.Pod("client").Connect("web:80").ServedBy.Should().NotBe(served);
    }

    [Test]
    public void Clients_behind_one_address_share_one_session()
    {
        using Cluster cluster = With(Sticky, null, "node-1", "node-2", "node-2");
        Enumerable.Range(0, 30).Select(_ => cluster.External("203.0.113.1").Connect(cluster.NodePort("node-1")).ServedBy).Distinct().Should().ContainSingle();
    }

    [TestCase(ProxyMode.IPTables, 200)]
    [TestCase(ProxyMode.Nftables, 250)]
    [TestCase(ProxyMode.Ipvs, 250)]
    public void Session_affinity_of_the_iptables_mode_remembers_a_hundred_clients_of_an_endpoint(ProxyMode mode, int remembered)
    {
        using Cluster cluster = With(Sticky, Mode(mode), "node-1", "node-2");
        ExternalHost[] clients = [.. Enumerable.Range(1, 250).Select(i => cluster.External($"203.0.113.{i}"))];
        foreach (ExternalHost client in clients)
        {
            client.Connect(cluster.NodePort("node-1")).IsEstablished.Should().BeTrue();
        }

        clients.Count(client => client.Trace(cluster.NodePort("node-1")).Has<Step.AffinityHit>()).Should().Be(remembered);
        clients[^1].Trace(cluster.NodePort("node-1")).Has<Step.AffinityHit>().Should().BeTrue("the oldest go first");
    }

    private static string Sticky => Web(
        "type: NodePort, sessionAffinity: ClientIP, sessionAffinityConfig: { clientIP: { timeoutSeconds: 600 } }", "[{ port: 80, targetPort: 8080, nodePort: 30080 }]");
}
