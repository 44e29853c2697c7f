using FluentAssertions;
using KubeSim.Api;
using KubeSim.ApiServer;
using NUnit.Framework;
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
    }

    [Test]
    public void A_delayed_subscriber_sees_everything_that_much_later()
    {
        _server.Api.Create(Pod("a"));
        using IDisposable subscription = _server.Api.Subscribe<Pod>(See, new WatchScope { Delay = TimeSpan.FromSeconds(1) });
        _server.Clock.Advance(TimeSpan.FromMilliseconds(500));
        _server.Api.Create(Pod("b"));

        _server.Clock.Advance(TimeSpan.FromMilliseconds(500));
        _seen.Should().Equal("Added a");

        _server.Clock.Advance(TimeSpan.FromMilliseconds(500));
        _seen.Should().Equal("Added a", "Added b");
    }

    [Test]
    public void The_subscriber_of_a_node_sees_a_pod_come_and_go()
    {
        _server.Api.Create(Pod("other", "node-2"));
        using IDisposable subscription = _server.Api.Subscribe<Pod>(See, new WatchScope { NodeName = "node-1" });
        Pod pod = _server.Api.Create(Pod("a"));
        _server.Api.Replace(pod with { Spec = pod.Spec with { NodeName = "node-1" } });
        _server.Api.Delete<Pod>("a", new DeleteOptions { GracePeriodSeconds = 0 });

        _seen.Should().Equal("Added a", "Modified a", "Deleted a");
    }

    private void See(ObjectChange<Pod> change) => _seen.Add($"{change.Type} {change.Object.Metadata.Name}");
}
