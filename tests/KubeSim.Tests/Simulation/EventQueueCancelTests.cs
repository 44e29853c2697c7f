using KubeSim.Simulation;

namespace KubeSim.Tests.Simulation;

[TestFixture]
public sealed class EventQueueCancelTests
{
    private EventQueue _queue = null!;

    [SetUp]
    public void SetUp() => _queue = new EventQueue();

    [Test]
    public void A_cancelled_event_does_not_run_and_is_not_counted()
    {
        EventHandle first = _queue.Schedule(TimeSpan.FromSeconds(1), _ => Assert.Fail("cancelled"));
        bool ran = false;
        _queue.Schedule(TimeSpan.FromSeconds(2), _ => ran = true);

        _queue.Cancel(first).Should().BeTrue();

        _queue.Count.Should().Be(1);
        _queue.NextDue.Should().Be(TimeSpan.FromSeconds(2));
        _queue.RunUntilIdle().Should().Be(1);
        ran.Should().BeTrue();
    }

    [Test]
    public void Cancelling_twice_or_after_the_run_returns_false()
    {
        EventHandle cancelled = _queue.ScheduleNow(_ => { });
        EventHandle ran = _queue.ScheduleNow(_ => { });
        _queue.Cancel(cancelled);
        _queue.RunDue();

        _queue.Cancel(cancelled).Should().BeFalse();
        _queue.Cancel(ran).Should().BeFalse();
    }

    [Test]
    public void A_stale_handle_does_not_reach_the_event_that_reuses_its_slot()
    {
        EventHandle stale = _queue.ScheduleNow(_ => { });
        _queue.RunDue();
        bool ran = false;
        EventHandle fresh = _queue.ScheduleNow(_ => ran = true);

        fresh.Slot.Should().Be(stale.Slot, "otherwise this test shows nothing");
        _queue.Cancel(stale).Should().BeFalse();
        _queue.RunDue();
        ran.Should().BeTrue();
    }

    [Test]
    public void Handles_that_never_named_an_event_are_refused()
    {
        _queue.ScheduleNow(_ => { });

        _queue.Cancel(default).Should().BeFalse();
        _queue.Cancel(new EventHandle(-1, 1)).Should().BeFalse();
        _queue.Cancel(new EventHandle(int.MaxValue, 1)).Should().BeFalse();
        _queue.Count.Should().Be(1);
    }

    [Test]
    public void An_event_can_cancel_another_of_the_same_instant_but_not_itself()
    {
        EventHandle self = default;
        EventHandle other = default;
        bool? selfCancelled = null;
        self = _queue.ScheduleNow(_ =>
        {
            selfCancelled = _queue.Cancel(self);
            _queue.Cancel(other).Should().BeTrue();
        });
        other = _queue.ScheduleNow(_ => Assert.Fail("cancelled"));

        _queue.RunDue().Should().Be(1);
        selfCancelled.Should().BeFalse();
    }

    [Test]
    public void Cancelling_everything_leaves_an_idle_queue()
    {
        EventHandle[] handles = [.. Enumerable.Range(0, 1000).Select(i => _queue.Schedule(TimeSpan.FromSeconds(i % 7), _ => { }))];

        handles.Should().OnlyContain(h => _queue.Cancel(h));

        _queue.Count.Should().Be(0);
        _queue.NextDue.Should().BeNull();
        _queue.Step().Should().BeFalse();
    }

    [Test]
    public void Those_left_when_most_are_cancelled_still_run_in_order()
    {
        var random = new DeterministicRandom(1);
        var ran = new List<(TimeSpan Due, int Id)>();
        var handles = new List<EventHandle>();
        for (int i = 0; i < 2000; i++)
        {
            int id = i;
            handles.Add(_queue.Schedule(TimeSpan.FromTicks(random.NextInt32(50)), _ => ran.Add((_queue.Now, id))));
        }

        for (int i = 0; i < handles.Count; i++)
        {
            if (i % 10 != 0)
            {
                _queue.Cancel(handles[i]);
            }
        }

        _queue.RunUntilIdle().Should().Be(200);
        ran.Should().BeInAscendingOrder().And.OnlyContain(e => e.Id % 10 == 0);
    }

    [Test]
    public void Setting_a_timer_again_and_again_does_not_let_memory_grow()
    {
        EventHandle handle = default;
        for (int i = 0; i < 10_000; i++)
        {
            _queue.Cancel(handle);
            handle = _queue.Schedule(TimeSpan.FromHours(1), _ => { });
        }

        handle.Slot.Should().BeLessThan(200, "slots of cancelled events are used again");
    }
}
