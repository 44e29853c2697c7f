using KubeSim.Dataplane;
using KubeSim.Proxy;
using KubeSim.Proxy.Metrics;

namespace KubeSim.Tests.Proxy.Metrics;

[TestFixture]
public sealed class ProxyMetricsTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private const string Local = """
        { apiVersion: v1, kind: Service, metadata: { name: web },
          spec: { type: NodePort, internalTrafficPolicy: Local, externalTrafficPolicy: Local, selector: { app: web }, ports: [{ port: 80 }] } }
        """;

    [Test]
    public void A_service_with_endpoints_but_none_on_the_node_counts_once_in_each_policy()
    {
        using var cluster = Cluster.Create(2);
        cluster.Apply(Local);
        TextOf(cluster, "node-2").Should().Contain("no_local_endpoints_total{traffic_policy=\"external\"} 0\n", "it has no endpoints at all");

        cluster.RunPod("web", node: "node-1", labels: "app=web");

        TextOf(cluster, "node-2").Should().Contain("no_local_endpoints_total{traffic_policy=\"external\"} 1\n").And.Contain("no_local_endpoints_total{traffic_policy=\"internal\"} 1\n");
        TextOf(cluster, "node-1").Should().Contain("no_local_endpoints_total{traffic_policy=\"external\"} 0\n");
    }

    [Test]
    public void The_first_sync_and_the_one_after_a_failure_are_full_and_others_partial()
    {
        using var cluster = Cluster.Create(1);
        KubeProxy proxy = cluster.Machines.ProxyOf("node-1")!;
        int partial = proxy.Metrics.PartialSyncs;
        proxy.Metrics.FullSyncs.Should().Be(1);

        cluster.Apply(Local);
        proxy.Metrics.PartialSyncs.Should().BeGreaterThan(partial);
        proxy.FailNextSync();
        cluster.RunPod("web", labels: "app=web");
        cluster.Clock.Advance(TimeSpan.FromSeconds(30));

        proxy.Metrics.FullSyncs.Should().Be(2);
        TextOf(cluster, "node-1").Should().Contain("kubeproxy_sync_proxy_rules_iptables_partial_restore_failures_total 1\n")
            .And.Contain($"kubeproxy_sync_proxy_rules_last_timestamp_seconds {Start.ToUnixTimeSeconds() + 30}\n");
        proxy.Metrics.NetworkProgramming.Sum.Should().Be(30, "the Pod's endpoint waited for the sync that succeeded");
    }

    [Test]
    public void Programming_latency_is_the_time_that_news_and_syncs_take()
    {
        using Cluster cluster = Cluster.Create(new ClusterOptions { Delays = new() { ControllerToProxy = TimeSpan.FromMilliseconds(700) }, ProxyMode = ProxyMode.Nftables });
        cluster.Clock.Advance(TimeSpan.FromSeconds(5));
        ProxyMetrics metrics = cluster.Machines.ProxyOf("node-1")!.Metrics;
        (long count, double sum) = (metrics.NetworkProgramming.Count, metrics.NetworkProgramming.Sum);

        cluster.Apply(Local);
        cluster.Clock.Advance(TimeSpan.FromSeconds(5));

        metrics.NetworkProgramming.Count.Should().Be(count + 1);
        (metrics.NetworkProgramming.Sum - sum).Should().BeApproximately(0.7, 0.001);
        string text = TextOf(cluster, "node-1");
        text.Should().Contain("kubeproxy_network_programming_duration_seconds_bucket{le=\"0.5\"}").And.Contain("_bucket{le=\"300\"}").And.Contain("kubeproxy_sync_proxy_rules_nftables_sync_failures_total 0\n");
        text.Should().NotContain("iptables");
    }

    [Test]
    public void The_rules_are_counted_by_table()
    {
        using var cluster = Cluster.Create(1);
        int before = NatRules(cluster);
        cluster.Apply(Local);
        cluster.RunPod("web", labels: "app=web");
        NatRules(cluster).Should().BeGreaterThan(before + 4);
    }

    [Test]
    public void Every_line_is_a_comment_or_a_name_and_a_number()
    {
        using var cluster = Cluster.Create(1);
        foreach (string line in TextOf(cluster, "node-1").Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            line.Should().MatchRegex("^(# (HELP|TYPE) kubeproxy_[a-z_]+ .+|kubeproxy_[a-z_]+(\\{[a-z_]+=\"[^\"]+\"\\})? [0-9.E+-]+)$");
        }
    }

    private static int NatRules(Cluster cluster) => int.Parse(
        TextOf(cluster, "node-1").Split('\n').Single(line => line.StartsWith("kubeproxy_sync_proxy_rules_iptables_total{table=\"nat\"}", StringComparison.Ordinal)).Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture);

    private static string TextOf(Cluster cluster, string node) => cluster.Node(node).Proxy.RenderMetrics();
}
