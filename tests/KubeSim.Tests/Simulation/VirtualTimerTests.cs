using KubeSim.Simulation;

namespace KubeSim.Tests.Simulation;

[TestFixture]
public sealed class VirtualTimerTests
{
    private readonly List<double> _fired = [];
    private EventQueue _queue = null!;
    private VirtualClock _clock = null!;

    [SetUp]
    public void SetUp()
    {
        _queue = new EventQueue();
        _clock = new VirtualClock(_queue, DateTimeOffset.UnixEpoch);
        _fired.Clear();
    }

    [Test]
    public void A_timer_without_a_period_fires_once()
    {
        using ITimer timer = Timer(Seconds(2), Timeout.InfiniteTimeSpan);
        using ITimer zeroPeriod = Timer(Seconds(3), TimeSpan.Zero);

        _clock.Advance(Seconds(10));

        _fired.Should().Equal(2, 3);
    }

    [Test]
    public void A_periodic_timer_fires_at_each_period_after_the_due_time()
    {
        using ITimer timer = Timer(Seconds(1), Seconds(2));

        _clock.Advance(Seconds(6));

        _fired.Should().Equal(1, 3, 5);
    }

    [Test]
    public void An_infinite_due_time_waits_for_a_change()
    {
        using ITimer timer = Timer(Timeout.InfiniteTimeSpan, Seconds(1));
        _clock.Advance(Seconds(5));
        _fired.Should().BeEmpty();

        timer.Change(Seconds(1), Timeout.InfiniteTimeSpan).Should().BeTrue();
        _clock.Advance(Seconds(5));

        _fired.Should().Equal(6);
    }

    [Test]
    public void A_change_replaces_due_time_and_period()
    {
        using ITimer timer = Timer(Seconds(1), Seconds(1));
        _clock.Advance(Seconds(1.5));

        timer.Change(Seconds(5), Seconds(3));
        _clock.Advance(Seconds(10));

        _fired.Should().Equal(1, 6.5, 9.5);
    }

    [Test]
    public void A_timer_due_now_fires_at_this_instant_but_not_inside_the_call_that_makes_it()
    {
        using ITimer timer = Timer(TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        _fired.Should().BeEmpty();

        _queue.RunDue();

        _fired.Should().Equal(0);
    }

    [Test]
    public void A_disposed_timer_does_not_fire_and_cannot_be_changed()
    {
        ITimer timer = Timer(Seconds(1), Seconds(1));
        timer.Dispose();

        timer.Change(Seconds(1), Seconds(1)).Should().BeFalse();
        _clock.Advance(Seconds(5));

        _fired.Should().BeEmpty();
        _queue.Count.Should().Be(0);
    }

    [Test]
    public async Task Disposing_asynchronously_stops_the_timer_too()
    {
        ITimer timer = Timer(Seconds(1), Seconds(1));

        await timer.DisposeAsync();

        _queue.Count.Should().Be(0);
    }

    [Test]
    public void A_callback_can_dispose_of_its_timer()
    {
        ITimer? timer = null;
        timer = _clock.CreateTimer(_ => { Fired(); timer!.Dispose(); }, null, Seconds(1), Seconds(1));

        _clock.Advance(Seconds(5));

        _fired.Should().Equal(1);
    }

    [Test]
    public void A_callback_can_change_its_timer()
    {
        ITimer? timer = null;
        timer = _clock.CreateTimer(_ => { Fired(); timer!.Change(Seconds(3), Timeout.InfiniteTimeSpan); }, null, Seconds(1), Seconds(1));

        _clock.Advance(Seconds(8));

        _fired.Should().Equal(1, 4, 7);
    }

    [Test]
    public void A_callback_that_throws_leaves_the_call_that_advances_and_a_periodic_timer_goes_on()
    {
        using ITimer timer = _clock.CreateTimer(_ => { Fired(); throw new FormatException(); }, null, Seconds(1), Seconds(1));

        _clock.Invoking(c => c.Advance(Seconds(1))).Should().Throw<FormatException>();
        _clock.Invoking(c => c.Advance(Seconds(1))).Should().Throw<FormatException>();

        _fired.Should().Equal(1, 2);
    }

    [Test]
    public void A_callback_runs_without_a_synchronization_context_and_the_drivers_is_put_back()
    {
        var context = new SynchronizationContext();
        SynchronizationContext? inside = context;
        SynchronizationContext? before = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(context);
        try
        {
            using ITimer timer = _clock.CreateTimer(_ => inside = SynchronizationContext.Current, null, Seconds(1), Timeout.InfiniteTimeSpan);
            _clock.Advance(Seconds(1));
            SynchronizationContext.Current.Should().BeSameAs(context);
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }

        inside.Should().BeNull();
    }

    [Test]
    public void A_callback_sees_the_ambient_values_of_the_code_that_made_the_timer()
    {
        var ambient = new AsyncLocal<string> { Value = "maker" };
        string? seen = null;
        using ITimer timer = _clock.CreateTimer(_ => seen = ambient.Value, null, Seconds(1), Timeout.InfiniteTimeSpan);
        ambient.Value = "driver";

        _clock.Advance(Seconds(1));

        seen.Should().Be("maker");
    }

    [TestCase(-2.0)]
    [TestCase(4294967295.0)]
    [TestCase(1e14)]
    public void The_ranges_are_those_of_the_system_timers(double milliseconds)
    {
        TimeSpan bad = TimeSpan.FromMilliseconds(milliseconds);

        foreach (TimeProvider provider in new[] { _clock, TimeProvider.System })
        {
            provider.Invoking(p => p.CreateTimer(_ => { }, null, bad, Seconds(1))).Should().Throw<ArgumentOutOfRangeException>().WithParameterName("dueTime");
            provider.Invoking(p => p.CreateTimer(_ => { }, null, Seconds(1), bad)).Should().Throw<ArgumentOutOfRangeException>().WithParameterName("period");
        }

        using ITimer timer = Timer(Seconds(1), Timeout.InfiniteTimeSpan);
        timer.Invoking(t => t.Change(bad, Seconds(1))).Should().Throw<ArgumentOutOfRangeException>().WithParameterName("dueTime");
        _clock.Advance(Seconds(1));
        _fired.Should().Equal([1], "a refused change changes nothing");
    }

    [Test]
    public void A_timer_needs_a_callback() =>
        _clock.Invoking(c => c.CreateTimer(null!, null, Seconds(1), Seconds(1))).Should().Throw<ArgumentNullException>().WithParameterName("callback");

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);

    private ITimer Timer(TimeSpan dueTime, TimeSpan period) => _clock.CreateTimer(_ => Fired(), null, dueTime, period);

    private void Fired() => _fired.Add(_clock.Elapsed.TotalSeconds);
}
