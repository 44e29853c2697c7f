using KubeSim.Api;
using KubeSim.Controllers.EndpointSlices;
using KubeSim.Tests.Proxy;

namespace KubeSim.Tests.Controllers.EndpointSlices;

[TestFixture]
public sealed class TriggerTimesTests
{
    private TriggerTimes _times = null!;

    [SetUp]
    public void SetUp() => _times = new TriggerTimes();

    [Test]
    public void The_first_sync_follows_from_the_creation_of_the_service() =>
        Next(0, 1, 2).Should().Be("2024-01-01T00:00:00Z");

    [Test]
    public void A_later_sync_follows_from_the_earliest_time_that_is_new()
    {
        Next(0);

        Next(0, 2, 1).Should().Be("2024-01-01T00:01:00Z");
        Next(0, 2, 1, 5).Should().Be("2024-01-01T00:05:00Z");
    }

    [Test]
    public void A_sync_for_which_no_time_moved_says_none()
    {
        Next(0, 1, 2);

        Next(0, 1, 2).Should().BeNull();
    }

    [Test]
    public void A_pod_that_came_back_counts_again()
    {
        Next(0, 1);
        Next(0);

        Next(0, 1).Should().Be("2024-01-01T00:01:00Z");
    }

    [Test]
    public void Looking_at_the_changed_pods_says_the_same()
    {
        var followed = new TriggerTimes();
        Next(0, 1, 2);
        followed.Next(Service(0), new List<Pod> { Pod(0, 1), Pod(1, 2) });

        string? whole = Next(0, 4, 2, 3);

        TriggerTimes.Text(followed.Next(Service(0), new List<KeyValuePair<string, Pod?>> { new("pod-0", Pod(0, 4)), new("pod-2", Pod(2, 3)) })).Should().Be(whole).And.Be("2024-01-01T00:03:00Z");
    }

    [Test]
    public void Fractions_of_seconds_are_written_as_far_as_they_go() =>
        TriggerTimes.Text(new DateTimeOffset(2024, 1, 1, 2, 0, 0, TimeSpan.FromHours(2)) + TimeSpan.FromMilliseconds(120)).Should().Be("2024-01-01T00:00:00.12Z");

    [Test]
    public void Slices_that_a_sync_writes_say_from_when_it_follows()
    {
        var world = new ServiceWorld();
        Service service = world.CreateService(EndpointObjects.Service());
        string created = TriggerTimes.Text(service.Metadata.CreationTimestamp)!;
        world.Slices().Single().Metadata.Annotations[WellKnownLabels.LastChangeTriggerTime].Should().Be(created);

        world.CreatePods(1);
        world.Slices().Single().Metadata.Annotations.Should().BeEmpty("the Pod does not say since when it is ready");
    }

    private static DateTimeOffset At(int minute) => new(2024, 1, 1, 0, minute, 0, TimeSpan.Zero);

    private static Service Service(int minute) => EndpointObjects.Service() with { Metadata = EndpointObjects.Service().Metadata with { CreationTimestamp = At(minute) } };

    private static Pod Pod(int number, int minute) => new()
    {
        Metadata = new() { Name = $"pod-{number}" },
        Status = new() { Conditions = [new() { Type = "Ready", Status = "True", LastTransitionTime = At(minute) }] },
    };

    private string? Next(int service, params int[] pods) => TriggerTimes.Text(_times.Next(Service(service), pods.Select((minute, number) => Pod(number, minute)).ToList()));
}
