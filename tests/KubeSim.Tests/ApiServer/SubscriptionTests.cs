using KubeSim.Api;
using KubeSim.ApiServer;
using static KubeSim.Tests.ApiServer.TestServer;

namespace KubeSim.Tests.ApiServer;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class SubscriptionTests
{
    private readonly TestServer _server = new();
    private readonly List<string> _seen = [];

    [Test]
    public void A_subscriber_gets_what_is_there_in_the_order_of_names_and_then_every_change()
    {
        _server.Api.Create(Pod("b"));
        _server.Api.Create(Pod("a"));

        using IDisposable subscription = _server.Api.Subscribe<Pod>(See);
        Pod pod = _server.Api.Create(Pod("c"));
        pod = _server.Api.ReplaceStatus(pod with { Status = pod.Status with { PodIP = "10.0.0.1" } });
        _server.Api.Delete<Pod>("c");

        _seen.Should().Equal("Added a", "Added b", "Added c", "Modified c", "Modified c", "Deleted c");
        pod.Status.PodIP.Should().Be("10.0.0.1");
    }

    [Test]
    public void A_change_tells_what_was_before()
    {
        Pod pod = _server.Api.Create(Pod("a"));
        var changes = new List<ObjectChange<Pod>>();
        using IDisposable subscription = _server.Api.Subscribe<Pod>(changes.Add);

        Pod changed = _server.Api.ReplaceStatus(pod with { Status = pod.Status with { PodIP = "10.0.0.1" } });

        changes[0].Previous.Should().BeNull();
        changes[1].Should().Be(new ObjectChange<Pod>(WatchEventType.Modified, changed, pod) { Version = VersionOf(changed) });
    }

    [Test]
    public void A_delayed_subscriber_sees_everything_that_much_later_and_in_order()
    {
        _server.Api.Create(Pod("a"));
        using IDisposable subscription = _server.Api.Subscribe<Pod>(See, new WatchScope { Delay = TimeSpan.FromSeconds(1) });
        _server.Clock.Advance(TimeSpan.FromMilliseconds(500));
        _server.Api.Create(Pod("b"));
        _server.Api.Delete<Pod>("b");

        _server.Clock.Advance(TimeSpan.FromMilliseconds(500));
        _seen.Should().Equal("Added a");

        _server.Clock.Advance(TimeSpan.FromMilliseconds(500));
        _seen.Should().Equal("Added a", "Added b", "Modified b", "Deleted b");
    }

    [Test]
    public void What_is_on_the_way_to_a_subscriber_that_leaves_is_lost()
    {
        IDisposable subscription = _server.Api.Subscribe<Pod>(See, new WatchScope { Delay = TimeSpan.FromSeconds(1) });
        _server.Api.Create(Pod("a"));
        subscription.Dispose();
        _server.Clock.Advance(TimeSpan.FromSeconds(2));

        _seen.Should().BeEmpty();
    }

    [Test]
    public void The_subscriber_of_a_node_sees_a_pod_come_and_go_and_no_other()
    {
        _server.Api.Create(Pod("other", "node-2"));
        using IDisposable subscription = _server.Api.Subscribe<Pod>(See, new WatchScope { NodeName = "node-1" });
        _server.Api.Create(Pod("a"));
        _seen.Should().BeEmpty("it has no node yet");

        _server.Api.Bind("a", "node-1");
        _server.Api.Delete<Pod>("a", new DeleteOptions { GracePeriodSeconds = 0 });

        _seen.Should().Equal("Added a", "Modified a", "Deleted a");
    }

    [Test]
    public void The_subscriber_of_a_namespace_sees_only_that()
    {
        _server.Api.Create(Namespace("shop"));
        _server.Api.Create(Pod("a", space: "shop"));
        _server.Api.Create(Pod("b"));
        using IDisposable subscription = _server.Api.Subscribe<Pod>(See, new WatchScope { Namespace = "shop" });
        _server.Api.Create(Pod("c"));
        _server.Api.Create(Pod("d", space: "shop"));

        _seen.Should().Equal("Added a", "Added d");
    }

    [Test]
    public void A_change_made_by_a_handler_reaches_everybody_behind_the_present_one()
    {
        using IDisposable first = _server.Api.Subscribe<Pod>(change =>
        {
            if (change.Object.Metadata.Name == "a")
            {
                _server.Api.Create(Pod("b"));
            }
        });
        using IDisposable second = _server.Api.Subscribe<Pod>(See);
        using IDisposable ofNode = _server.Api.Subscribe<Pod>(See, new WatchScope { NodeName = "node-1" });

        _server.Api.Create(Pod("a"));

        _seen.Should().Equal("Added a", "Added b");
    }

    [TestCase(null)]
    [TestCase("node-1")]
    public void Who_subscribes_during_a_delivery_gets_each_object_once(string? node)
    {
        var seen = new List<string>();
        using IDisposable first = _server.Api.Subscribe<Pod>(change =>
        {
            if (change.Object.Metadata.Name == "a")
            {
                _server.Api.Create(Pod("b", "node-1"));
                _server.Api.Subscribe<Pod>(item => seen.Add(item.Object.Metadata.Name), new WatchScope { NodeName = node });
            }
        });

        _server.Api.Create(Pod("a", "node-1"));
        _server.Api.Create(Pod("c", "node-1"));

        seen.Should().Equal("a", "b", "c");
    }

    [Test]
    public void Indexes_follow_the_objects()
    {
        OwnerReference owner = new() { ApiVersion = "apps/v1", Kind = "ReplicaSet", Name = "r", Uid = "owner-1" };
        foreach (string name in (string[])["b", "c", "a"])
        {
            Pod pod = Pod(name, "node-1");
            _server.Api.Create(pod with { Metadata = pod.Metadata with { OwnerReferences = [owner] } });
        }

        NamesOf(_server.Api.OwnedBy<Pod>("owner-1")).Should().Be("a b c");
        NamesOf(_server.Api.PodsOnNode("node-1")).Should().Be("a b c");

        Pod orphan = _server.Api.Get<Pod>("b");
        orphan = _server.Api.Replace(orphan with { Metadata = orphan.Metadata with { OwnerReferences = [] } });
        _server.Api.Delete<Pod>("c", new DeleteOptions { GracePeriodSeconds = 0 });
        NamesOf(_server.Api.OwnedBy("owner-1")).Should().Be("a");
        NamesOf(_server.Api.PodsOnNode("node-1")).Should().Be("a b");

        _server.Api.Replace(orphan with { Metadata = orphan.Metadata with { OwnerReferences = [owner] } });
        NamesOf(_server.Api.OwnedBy<Pod>("owner-1")).Should().Be("a b", "it came back and stands there once");
        NamesOf(_server.Api.InNamespace("default")).Should().Be("a b");
    }

    private static string NamesOf(IEnumerable<KubernetesObject> objects) => string.Join(' ', objects.Select(value => value.Metadata.Name));

    private void See(ObjectChange<Pod> change) => _seen.Add($"{change.Type} {change.Object.Metadata.Name}");
}
