using KubeSim.Api;
using KubeSim.ApiServer;
using static KubeSim.Tests.ApiServer.TestServer;

namespace KubeSim.Tests.ApiServer;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class WatchTests
{
    private readonly TestServer _server = new();
    private readonly List<string> _seen = [];

    [Test]
    public void Each_subscriber_gets_a_list_of_its_own()
    {
        IObservable<WatchEvent<Pod>> watch = _server.Api.Watch<Pod>();
        _server.Api.Create(Pod("b"));
        using IDisposable first = watch.Subscribe(See);
        _server.Api.Create(Pod("a"));
        using IDisposable second = watch.Subscribe(See);

        _seen.Should().Equal("Added b", "Added a", "Added a", "Added b");
    }

    [Test]
    public void With_a_selector_what_begins_to_match_is_added_and_what_stops_is_deleted()
    {
        using IDisposable watch = _server.Api.Watch<Pod>(new ListOptions { LabelSelector = "app=web" }).Subscribe(See);
        Pod pod = _server.Api.Create(Pod("a"));

        foreach (string app in (string[])["web", "web", "db", "db"])
        {
            pod = _server.Api.Replace(pod with { Metadata = pod.Metadata with { Labels = [new("app", app), new("version", pod.Metadata.ResourceVersion!)] } });
        }

        _server.Api.Delete<Pod>("a");
        _seen.Should().Equal("Added a", "Modified a", "Deleted a");
    }

    [Test]
    public void A_watch_goes_on_behind_a_version()
    {
        Pod pod = _server.Api.Create(Pod("a"));
        _server.Api.Create(Pod("b"));
        _server.Api.Delete<Pod>("a");

        using IDisposable watch = _server.Api.Watch<Pod>(new ListOptions { ResourceVersion = pod.Metadata.ResourceVersion }).Subscribe(See);
        _server.Api.Create(Pod("c"));

        _seen.Should().Equal("Added b", "Modified a", "Deleted a", "Added c");
    }

    [Test]
    public void A_version_that_is_too_old_has_expired()
    {
        Pod pod = _server.Api.Create(Pod("a"));
        string first = pod.Metadata.ResourceVersion!;
        for (int i = 0; i < ChangeWindow<Pod>.Capacity; i++)
        {
            pod = _server.Api.ReplaceStatus(pod with { Status = pod.Status with { Message = i % 2 == 0 ? "even" : "odd" } });
        }

        // The window holds the changes behind the creation; the creation itself has just fallen out.
        using IDisposable watch = _server.Api.Watch<Pod>(new ListOptions { ResourceVersion = first }).Subscribe(See);
        _seen.Should().HaveCount(ChangeWindow<Pod>.Capacity);
        _server.Api.ReplaceStatus(pod with { Status = pod.Status with { Message = "last" } });

        Refused(() => _server.Api.Watch<Pod>(new ListOptions { ResourceVersion = first }).Subscribe(See)).Should().Be(new Status
        {
            Code = 410,
            Reason = "Expired",
            Message = $"too old resource version: {first} ({VersionOf(pod) - ChangeWindow<Pod>.Capacity + 1})",
        });
    }

    [Test]
    public void A_version_of_the_future_is_silent_until_it_is_reached()
    {
        long future = _server.Api.Version + 1;
        using IDisposable watch = _server.Api.Watch<Pod>(new ListOptions { ResourceVersion = $"{future}" }).Subscribe(See);
        _server.Api.Create(Pod("a"));
        _server.Api.Create(Pod("b"));

        _seen.Should().Equal("Added b");
    }

    [Test]
    public void A_watch_completes_with_the_cluster()
    {
        using IDisposable watch = _server.Api.Watch<Pod>().Subscribe(See, () => _seen.Add("completed"));

        _server.Api.Dispose();

        _seen.Should().Equal("completed");
    }

    [Test]
    public void A_disposed_watch_is_silent()
    {
        _server.Api.Watch<Pod>().Subscribe(See).Dispose();
        _server.Api.Create(Pod("a"));

        _seen.Should().BeEmpty();
    }

    [Test]
    public void Changes_made_by_an_observer_come_behind_the_list()
    {
        Pod second = _server.Api.Create(Pod("b"));
        _server.Api.Create(Pod("a"));
        using IDisposable watch = _server.Api.Watch<Pod>().Subscribe(change =>
        {
            if (change is { Type: WatchEventType.Added, Object.Metadata.Name: "a" })
            {
                _server.Api.ReplaceStatus(second with { Status = second.Status with { Message = "changed" } });
            }

            See(change);
        });

        _seen.Should().Equal("Added a", "Added b", "Modified b");
    }

    [Test]
    public void Bad_options_are_told_to_who_subscribes()
    {
        Refused(() => _server.Api.Watch<Pod>(new ListOptions { LabelSelector = "a b" }).Subscribe(See)).Code.Should().Be(400);
        Refused(() => _server.Api.Watch<Pod>(new ListOptions { ResourceVersion = "abc" }).Subscribe(See)).Should().Be(
            new Status { Code = 500, Message = "resourceVersion: Invalid value: \"abc\": strconv.ParseUint: parsing \"abc\": invalid syntax" });
    }

    private void See(WatchEvent<Pod> change) => _seen.Add($"{change.Type} {change.Object.Metadata.Name}");
}
