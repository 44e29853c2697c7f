using KubeSim.Addressing;
using KubeSim.Api;
using KubeSim.Dataplane;
using KubeSim.Proxy;
using KubeSim.Simulation;
using KubeSim.Tests.Controllers.EndpointSlices;
using KubeSim.Tracing;

namespace KubeSim.Tests.Proxy;

[TestFixture]
public sealed class KubeProxyTests
{
    [Test]
    public void A_service_sends_traffic_only_to_ready_pods()
    {
        var world = new ServiceWorld();
        world.CreateService(EndpointObjects.Service());
        world.CreatePods(3);
        world.SetReady(1, false);

        world.Backends(0).Should().Equal("10.244.0.1:8080", "10.244.0.3:8080");
        world.Backends(1).Should().Equal(world.Backends(0));
    }

    [Test]
    public void A_connection_through_a_service_arrives_at_a_pod()
    {
        var world = new ServiceWorld();
        world.CreateService(EndpointObjects.Service());
        world.CreatePods(1);
        world.Network.Attach(world.Nodes[0], "default/web-0", [IpAddress.Parse("10.244.0.1")], false, [], true);
        PodAttachment client = world.Network.Attach(world.Nodes[1], "default/client", [IpAddress.Parse("10.244.9.1")], false, [], true);

        Verdict verdict = world.Network.Open(client.Sender, IpPort.Parse("10.96.0.10:80"), TransportProtocol.Tcp);

        verdict.Outcome.Should().Be(ConnectionOutcome.Established);
        verdict.Endpoint.Should().Be(IpPort.Parse("10.244.0.1:8080"));
    }

    [Test]
    public void Nodes_that_have_heard_the_same_share_one_table()
    {
        var world = new ServiceWorld(nodes: 5);
        world.CreateService(EndpointObjects.Service());
        world.CreatePods(4);

        world.Nodes.Should().OnlyContain(node => ReferenceEquals(node.Table, world.Nodes[0].Table));
    }

    [Test]
    public void Nothing_is_installed_before_the_first_list_has_arrived()
    {
        var world = new ServiceWorld(timing: new KubeProxyTiming(TimeSpan.FromMilliseconds(20)));
        world.CreateService(EndpointObjects.Service());

        world.Nodes[0].Table.Should().BeNull();
        world.Queue.AdvanceTo(TimeSpan.FromMilliseconds(19));
        world.Nodes[0].Table.Should().BeNull();
        world.Queue.AdvanceTo(TimeSpan.FromMilliseconds(20));
        world.Nodes[0].Table.Should().NotBeNull();
    }

    [Test]
    public void A_change_reaches_a_node_after_the_watch_and_the_sync()
    {
        var world = new ServiceWorld(timing: new KubeProxyTiming(TimeSpan.FromMilliseconds(20), TimeSpan.FromMilliseconds(30)));
        world.CreateService(EndpointObjects.Service());
        world.CreatePods(2);
        world.Queue.AdvanceTo(TimeSpan.FromSeconds(1));
        world.Backends(0).Should().HaveCount(2);

        world.SetReady(0, false);
        world.Queue.AdvanceTo(TimeSpan.FromMilliseconds(1049));
        world.Backends(0).Should().HaveCount(2, "50 ms have not passed");
        world.Queue.AdvanceTo(TimeSpan.FromMilliseconds(1050));
        world.Backends(0).Should().HaveCount(1);
    }

    [Test]
    public void A_change_that_has_not_been_heard_is_not_in_the_rules_although_a_sync_runs()
    {
        var world = new ServiceWorld(timing: new KubeProxyTiming(TimeSpan.FromMilliseconds(20)));
        world.CreateService(EndpointObjects.Service());
        world.CreatePods(3);
        world.Queue.AdvanceTo(TimeSpan.FromSeconds(1));

        world.SetReady(0, false);
        world.Queue.AdvanceTo(TimeSpan.FromMilliseconds(1010));
        world.SetReady(1, false);
        world.Queue.AdvanceTo(TimeSpan.FromMilliseconds(1020));
        world.Backends(0).Should().HaveCount(2, "only the first change has arrived");
        world.Queue.AdvanceTo(TimeSpan.FromMilliseconds(1030));
        world.Backends(0).Should().HaveCount(1);
    }

    [Test]
    public void Syncs_keep_their_distance()
    {
        var world = new ServiceWorld(timing: new KubeProxyTiming(default, default, MinSyncPeriod: TimeSpan.FromSeconds(1)));
        world.CreateService(EndpointObjects.Service());
        world.CreatePods(2);
        world.Queue.AdvanceTo(TimeSpan.FromSeconds(10));

        world.SetReady(0, false);
        world.Backends(0).Should().HaveCount(1, "the first change after a quiet second is immediate");
        world.SetReady(1, false);
        world.Backends(0).Should().HaveCount(1, "the next one waits");
        world.Queue.AdvanceTo(TimeSpan.FromMilliseconds(10_999));
        world.Backends(0).Should().HaveCount(1);
        world.Queue.AdvanceTo(TimeSpan.FromSeconds(11));
        world.Backends(0).Should().BeEmpty();
    }

    [Test]
    public void Many_changes_at_one_instant_are_one_sync()
    {
        var world = new ServiceWorld(nodes: 1);
        world.CreateService(EndpointObjects.Service());
        var lines = new List<string>();
        using IDisposable _ = world.Log.Events.Subscribe(System.Reactive.Observer.Create<ClusterEvent>(line => lines.Add(line.ToString())));

        world.CreatePods(250);

        lines.Should().ContainSingle(line => line.Contains("kube-proxy/node-1", StringComparison.Ordinal));
    }

    [Test]
    public void A_stopped_proxy_leaves_its_rules_as_they_are()
    {
        var world = new ServiceWorld();
        world.CreateService(EndpointObjects.Service());
        world.CreatePods(2);
        world.Proxies[0].Dispose();

        world.SetReady(0, false);

        world.Backends(0).Should().HaveCount(2);
        world.Backends(1).Should().HaveCount(1);
    }

    [Test]
    public void A_proxy_takes_the_zone_from_its_node()
    {
        var world = new ServiceWorld(nodes: 1);
        world.Nodes[0].Zone.Should().Be("zone-a");

        Node node = world.Api.Get<Node>(NamespacedName.Parse("node-1"));
        world.Api.Replace(node with { Metadata = node.Metadata with { Labels = node.Metadata.Labels.With("topology.kubernetes.io/zone", "zone-b") } });
        world.Settle();

        world.Nodes[0].Zone.Should().Be("zone-b");
    }

    [Test]
    public void A_deleted_service_leaves_the_table()
    {
        var world = new ServiceWorld();
        world.CreateService(EndpointObjects.Service());
        world.CreatePods(1);

        world.Api.Delete<Service>(NamespacedName.Parse("default/web"));
        world.Settle();

        world.Nodes[0].Table!.Count.Should().Be(0);
    }
}
