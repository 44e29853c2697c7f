using System.Reactive.Concurrency;
using System.Reactive.Disposables;
using System.Reactive.Linq;
using KubeSim.Simulation;

namespace KubeSim.Tests.Simulation;

[TestFixture]
public sealed class VirtualSchedulerTests
{
    private readonly List<string> _seen = [];
    private EventQueue _queue = null!;
    private VirtualClock _clock = null!;

    [SetUp]
    public void SetUp()
    {
        _queue = new EventQueue();
        _clock = new VirtualClock(_queue, DateTimeOffset.UnixEpoch);
        _seen.Clear();
    }

    [Test]
    public void An_action_scheduled_for_now_runs_at_this_instant_and_not_inside_the_call()
    {
        _clock.Scheduler.Schedule(() => Saw("now"));
        _seen.Should().BeEmpty();

        _queue.RunDue();

        _seen.Should().Equal("0 now");
    }

    [Test]
    public void An_action_scheduled_for_now_inside_another_runs_in_the_same_drain()
    {
        _clock.Scheduler.Schedule(() => _clock.Scheduler.Schedule(() => Saw("inner")));

        _clock.Advance(TimeSpan.Zero);

        _seen.Should().Equal("0 inner");
    }

    [Test]
    public void Relative_and_absolute_times_are_kept_and_the_past_is_now()
    {
        _clock.Advance(Seconds(1));
        _clock.Scheduler.Schedule(Seconds(2), () => Saw("relative"));
        _clock.Scheduler.Schedule(DateTimeOffset.UnixEpoch + Seconds(2), () => Saw("absolute"));
        _clock.Scheduler.Schedule(Seconds(-5), () => Saw("negative"));
        _clock.Scheduler.Schedule(DateTimeOffset.UnixEpoch, () => Saw("past"));
        _clock.Scheduler.Schedule(TimeSpan.MaxValue, () => Saw("never"));

        _clock.Advance(Seconds(5));

        _seen.Should().Equal("1 negative", "1 past", "2 absolute", "3 relative");
        _clock.Scheduler.Now.Should().Be(_clock.GetUtcNow());
    }

    [Test]
    public void Disposing_cancels_the_action()
    {
        _clock.Scheduler.Schedule(Seconds(1), () => Saw("cancelled")).Dispose();

        _queue.Count.Should().Be(0);
    }

    [Test]
    public void Disposing_cancels_what_the_action_scheduled_in_its_turn()
    {
        IDisposable recursion = _clock.Scheduler.Schedule(Seconds(1), again =>
        {
            Saw("again");
            again(Seconds(1));
        });
        _clock.Advance(Seconds(2.5));

        recursion.Dispose();
        _clock.Advance(Seconds(5));

        _seen.Should().Equal("1 again", "2 again");
        _queue.Count.Should().Be(0);
    }

    [Test]
    public void Disposing_inside_the_action_disposes_of_what_it_returns()
    {
        bool disposed = false;
        var schedule = new SerialDisposable();
        schedule.Disposable = _clock.Scheduler.Schedule(0, (_, _) =>
        {
            schedule.Dispose();
            return Disposable.Create(() => disposed = true);
        });

        _queue.RunDue();

        disposed.Should().BeTrue();
    }

    [Test]
    public void A_deep_recursion_does_not_use_up_the_stack()
    {
        int count = 0;
        _clock.Scheduler.Schedule(again =>
        {
            if (++count < 100_000)
            {
                again();
            }
        });

        _queue.RunDue();

        count.Should().Be(100_000);
    }

    [Test]
    public void Timers_and_intervals_of_the_operators_live_on_virtual_time()
    {
        using IDisposable interval = Observable.Interval(Seconds(2), _clock.Scheduler).Subscribe(i => Saw($"interval {i}"));
        using IDisposable timer = Observable.Timer(Seconds(3), _clock.Scheduler).Subscribe(_ => Saw("timer"));
        using IDisposable repeated = Observable.Timer(Seconds(1), Seconds(4), _clock.Scheduler).Subscribe(i => Saw($"repeated {i}"));

        _clock.Advance(Seconds(6));

        _seen.Should().Equal("1 repeated 0", "2 interval 0", "3 timer", "4 interval 1", "5 repeated 1", "6 interval 2");
    }

    [Test]
    public void An_interval_stops_when_its_subscription_is_disposed()
    {
        IDisposable? interval = null;
        interval = Observable.Interval(Seconds(1), _clock.Scheduler).Subscribe(_ => { Saw("tick"); interval!.Dispose(); });

        _clock.Advance(Seconds(5));

        _seen.Should().Equal("1 tick");
        _queue.Count.Should().Be(0);
    }

    [Test]
    public void An_interval_of_nothing_does_not_hang_the_clock()
    {
        int ticks = 0;
        using IDisposable interval = Observable.Interval(TimeSpan.Zero, _clock.Scheduler).Subscribe(_ => ticks++);

        _clock.Advance(TimeSpan.FromTicks(10));

        ticks.Should().Be(10);
    }

    [Test]
    public void Delays_throttles_timeouts_and_measured_intervals_use_virtual_time()
    {
        IObservable<int> source = Observable.Timer(Seconds(1), _clock.Scheduler).Select(_ => 1)
            .Concat(Observable.Timer(Seconds(4), _clock.Scheduler).Select(_ => 2));
        source.Delay(Seconds(10), _clock.Scheduler).Subscribe(i => Saw($"delayed {i}"));
        source.Throttle(Seconds(2), _clock.Scheduler).Subscribe(i => Saw($"throttled {i}"));
        source.TimeInterval(_clock.Scheduler).Subscribe(i => Saw($"after {i.Interval.TotalSeconds}"));
        source.Timeout(Seconds(3), _clock.Scheduler).Subscribe(_ => { }, error => Saw(error.GetType().Name));

        _clock.Advance(Seconds(30));

        _seen.Should().BeEquivalentTo(
            "1 after 1", "3 throttled 1", "4 TimeoutException", "5 after 4", "5 throttled 2", "11 delayed 1", "15 delayed 2");
    }

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);

    private void Saw(string what) => _seen.Add($"{_clock.Elapsed.TotalSeconds} {what}");
}
