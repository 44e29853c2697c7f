using KubeSim.Simulation;

namespace KubeSim.Tests.Simulation;

[TestFixture]
public sealed class EventQueueTests
{
    private readonly List<string> _ran = [];
    private EventQueue _queue = null!;

    [SetUp]
    public void SetUp()
    {
        _queue = new EventQueue();
        _ran.Clear();
    }

    [Test]
    public void Events_run_in_order_of_their_time()
    {
        At(3, "c");
        At(1, "a");
        At(2, "b");

        _queue.RunUntilIdle().Should().Be(3);

        _ran.Should().Equal("a", "b", "c");
        _queue.Now.Should().Be(Seconds(3));
    }

    [Test]
    public void Events_of_one_instant_run_in_the_order_they_were_scheduled()
    {
        string[] names = [.. Enumerable.Range(0, 100).Select(i => $"e{i}")];
        foreach (string name in names)
        {
            At(1, name);
        }

        _queue.RunUntilIdle();

        _ran.Should().Equal(names);
    }

    [Test]
    public void The_clock_shows_the_time_of_the_event_while_it_runs_and_the_target_afterwards()
    {
        var seen = new List<TimeSpan>();
        _queue.Schedule(Seconds(1), _ => seen.Add(_queue.Now));
        _queue.Schedule(Seconds(2), _ => seen.Add(_queue.Now));

        _queue.AdvanceTo(Seconds(5));

        seen.Should().Equal(Seconds(1), Seconds(2));
        _queue.Now.Should().Be(Seconds(5));
    }

    [Test]
    public void Advancing_runs_what_is_due_exactly_at_the_target_and_leaves_what_is_due_later()
    {
        At(2, "at the target");
        _queue.Schedule(Seconds(2) + new TimeSpan(1), _ => _ran.Add("one tick later"));

        _queue.AdvanceTo(Seconds(2));

        _ran.Should().Equal("at the target");
        _queue.NextDue.Should().Be(Seconds(2) + new TimeSpan(1));
    }

    [Test]
    public void Time_does_not_go_back()
    {
        _queue.AdvanceTo(Seconds(2));

        _queue.Invoking(q => q.AdvanceTo(Seconds(1))).Should().Throw<ArgumentOutOfRangeException>().WithParameterName("target");
        _queue.Invoking(q => q.Schedule(Seconds(1), _ => { })).Should().Throw<ArgumentOutOfRangeException>().WithParameterName("due");
        _queue.Count.Should().Be(0);
    }

    [Test]
    public void A_step_runs_one_event_and_moves_time_to_it()
    {
        At(1, "a");
        At(1, "b");

        _queue.Step().Should().BeTrue();
        _ran.Should().Equal("a");
        _queue.Now.Should().Be(Seconds(1));

        _queue.Step().Should().BeTrue();
        _queue.Step().Should().BeFalse();
    }

    [Test]
    public void Running_what_is_due_includes_what_that_schedules_for_the_same_instant_but_moves_no_time()
    {
        At(1, "later");
        _queue.ScheduleNow(_ =>
        {
            _ran.Add("first");
            _queue.ScheduleNow(_ => _ran.Add("third"));
        });
        _queue.ScheduleNow(_ => _ran.Add("second"));

        _queue.RunDue().Should().Be(3);

        _ran.Should().Equal("first", "second", "third");
        _queue.Now.Should().Be(TimeSpan.Zero);
        _queue.Count.Should().Be(1);
    }

    [Test]
    public void Running_what_is_due_from_inside_an_event_returns_at_once()
    {
        int nested = -1;
        _queue.ScheduleNow(_ =>
        {
            _queue.ScheduleNow(_ => _ran.Add("after"));
            nested = _queue.RunDue();
            _ran.Add("before");
        });

        _queue.RunDue();

        nested.Should().Be(0);
        _ran.Should().Equal("before", "after");
    }

    [Test]
    public void Time_cannot_be_moved_from_inside_an_event()
    {
        _queue.ScheduleNow(_ =>
        {
            _queue.IsRunning.Should().BeTrue();
            _queue.Invoking(q => q.AdvanceTo(Seconds(1))).Should().Throw<InvalidOperationException>();
            _queue.Invoking(q => q.Step()).Should().Throw<InvalidOperationException>();
            _queue.Invoking(q => q.RunUntilIdle()).Should().Throw<InvalidOperationException>();
            _ran.Add("checked");
        });

        _queue.RunDue();

        _ran.Should().Equal("checked");
        _queue.IsRunning.Should().BeFalse();
    }

    [Test]
    public void An_exception_leaves_the_driving_call_unchanged_and_the_queue_goes_on_behind_that_event()
    {
        var failure = new FormatException("broken");
        _queue.Schedule(Seconds(1), _ => throw failure);
        At(1, "next");

        _queue.Invoking(q => q.AdvanceTo(Seconds(5))).Should().Throw<FormatException>().Which.Should().BeSameAs(failure);

        _queue.IsRunning.Should().BeFalse();
        _queue.Now.Should().Be(Seconds(1));
        _queue.Count.Should().Be(1, "the failing event counts as run");
        _queue.AdvanceTo(Seconds(5));
        _ran.Should().Equal("next");
    }

    [Test]
    public void Waiting_for_idle_gives_up_at_its_bound_and_says_why()
    {
        void Again(object? state) => _queue.Schedule(_queue.Now + Seconds(1), Again);
        _queue.ScheduleNow(Again);

        _queue.Invoking(q => q.RunUntilIdle(50)).Should().Throw<InvalidOperationException>()
            .WithMessage("*not idle after 50 events*00:00:49*1 pending*00:00:50*");
    }

    [Test]
    public void Waiting_for_idle_may_use_its_bound_up()
    {
        At(1, "a");
        At(2, "b");

        _queue.RunUntilIdle(2).Should().Be(2);
    }

    [Test]
    public void An_event_gets_the_state_it_was_scheduled_with()
    {
        object state = new();
        object? seen = null;
        _queue.ScheduleNow(s => seen = s, state);

        _queue.RunDue();

        seen.Should().BeSameAs(state);
    }

    [Test]
    public void A_delay_beyond_the_end_of_time_is_the_end_of_time()
    {
        _queue.AdvanceTo(Seconds(1));

        _queue.After(TimeSpan.MaxValue).Should().Be(TimeSpan.MaxValue);
        _queue.After(Seconds(1)).Should().Be(Seconds(2));
        _queue.After(Seconds(-1)).Should().Be(Seconds(1));
    }

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);

    private void At(double seconds, string name) => _queue.Schedule(Seconds(seconds), _ => _ran.Add(name));
}
