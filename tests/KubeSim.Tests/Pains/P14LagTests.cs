using KubeSim.Tracing;
using static KubeSim.Tests.Pains.PainCluster;

namespace KubeSim.Tests.Pains;

/// <summary>Rules lag behind reality.</summary>
[TestFixture]
public sealed class P14LagTests
{
    [Test]
    public void Rules_lag_behind_reality_by_the_least_time_between_syncs()
    {
        using Cluster cluster = With(Web(""), new ClusterOptions { KubeProxy = new() { MinSyncPeriod = TimeSpan.FromSeconds(10) } }, "node-1");
        cluster.Clock.Advance(TimeSpan.FromSeconds(60));

        cluster.RunPod("web-1", node: "node-1", labels: "app=web");
        Endpoints(cluster).Should().Be(2, "after a quiet time the first change is taken up at once");

        cluster.Clock.Advance(TimeSpan.FromSeconds(1));
        cluster.Kill("web-0");
        Endpoints(cluster).Should().Be(2, "the next one waits");
        cluster.Pod("client").ConnectMany("web:80", 100).Count(ConnectionOutcome.TimedOut).Should().BeGreaterThan(20, "and the rules lead to a dead Pod");
        cluster.Clock.Advance(TimeSpan.FromSeconds(8));
        cluster.RunPod("web-2", node: "node-1", labels: "app=web");
        Endpoints(cluster).Should().Be(2);
        cluster.Clock.Advance(TimeSpan.FromSeconds(1));
        Endpoints(cluster).Should().Be(2, "both changes have come with one sync");
        cluster.Pod("client").ConnectMany("web:80", 100).Established.Should().Be(100);
    }

    [Test]
    public void Rules_lag_by_the_sync_period_when_a_sync_fails_unless_a_change_comes_first()
    {
        using Cluster cluster = With(Web(""), null, "node-1");
        cluster.Clock.Advance(TimeSpan.FromSeconds(60));
        cluster.Node("node-2").Proxy.FailNextSync();

        cluster.RunPod("web-1", node: "node-1", labels: "app=web");
        Endpoints(cluster).Should().Be(1, "nothing of a failed sync applies");
        cluster.Clock.Advance(TimeSpan.FromSeconds(29));
        Endpoints(cluster).Should().Be(1);
        cluster.Clock.Advance(TimeSpan.FromSeconds(1));
        Endpoints(cluster).Should().Be(2);

        cluster.Node("node-2").Proxy.FailNextSync();
        cluster.RunPod("web-2", node: "node-1", labels: "app=web");
        cluster.Clock.Advance(TimeSpan.FromSeconds(5));
        cluster.RunPod("web-3", node: "node-1", labels: "app=web");
        Endpoints(cluster).Should().Be(4, "a change is tried at once");
    }

    [Test]
    public void Typical_delays_show_the_window_in_which_traffic_still_goes_to_the_old_pod()
    {
        using Cluster cluster = With(Web(""), new ClusterOptions { Delays = PropagationDelays.Typical }, "node-1", "node-1");
        cluster.Clock.Advance(TimeSpan.FromSeconds(30));
        cluster.Kill("web-0");
        cluster.Clock.Advance(TimeSpan.FromMilliseconds(500));
        cluster.Pod("client").ConnectMany("web:80", 100).Count(ConnectionOutcome.TimedOut).Should().BeGreaterThan(20);
        cluster.Clock.Advance(TimeSpan.FromSeconds(2));
        cluster.Pod("client").ConnectMany("web:80", 100).Established.Should().Be(100);
    }

    private static int Endpoints(Cluster cluster) => cluster.Pod("client").Trace("web:80").Find<Step.ServiceMatch>()!.Usable;
}
