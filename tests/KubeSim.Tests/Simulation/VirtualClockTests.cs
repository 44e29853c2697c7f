using KubeSim.Simulation;

namespace KubeSim.Tests.Simulation;

[TestFixture]
public sealed class VirtualClockTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 2, 0, 0, TimeSpan.FromHours(2));

    private EventQueue _queue = null!;
    private VirtualClock _clock = null!;

    [SetUp]
    public void SetUp()
    {
        _queue = new EventQueue();
        _clock = new VirtualClock(_queue, Start);
    }

    [Test]
    public void Time_stands_still_until_it_is_advanced()
    {
        _clock.GetUtcNow().Should().Be(Start);
        _clock.GetUtcNow().Offset.Should().Be(TimeSpan.Zero);

        _clock.Advance(TimeSpan.FromSeconds(90));

        _clock.Elapsed.Should().Be(TimeSpan.FromSeconds(90));
        _clock.GetUtcNow().Should().Be(Start + TimeSpan.FromSeconds(90));
        _clock.GetElapsedTime(0).Should().Be(TimeSpan.FromSeconds(90));
        _clock.LocalTimeZone.Should().Be(TimeZoneInfo.Utc);
        _clock.GetLocalNow().Should().Be(_clock.GetUtcNow());
    }

    [Test]
    public void Advancing_runs_what_falls_due()
    {
        bool ran = false;
        _queue.Schedule(TimeSpan.FromSeconds(5), _ => ran = true);

        _clock.AdvanceTo(TimeSpan.FromSeconds(5));

        ran.Should().BeTrue();
    }

    [Test]
    public void Advancing_by_nothing_runs_what_is_due_now()
    {
        bool ran = false;
        _queue.ScheduleNow(_ => ran = true);

        _clock.Advance(TimeSpan.Zero);

        ran.Should().BeTrue();
    }

    [Test]
    public void The_owner_of_the_clock_can_put_its_checks_around_advancing()
    {
        var targets = new List<TimeSpan>();
        var clock = new VirtualClock(_queue, Start, targets.Add);

        clock.Advance(TimeSpan.FromSeconds(1));
        clock.AdvanceTo(TimeSpan.FromSeconds(2));

        targets.Should().Equal(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2));
    }

    [Test]
    public void Time_neither_goes_back_nor_past_the_calendar()
    {
        _clock.Advance(TimeSpan.FromSeconds(5));

        _clock.Invoking(c => c.Advance(TimeSpan.FromTicks(-1))).Should().Throw<ArgumentOutOfRangeException>().WithParameterName("by");
        _clock.Invoking(c => c.Advance(TimeSpan.MaxValue)).Should().Throw<ArgumentOutOfRangeException>().WithParameterName("by");
        _clock.Invoking(c => c.AdvanceTo(TimeSpan.FromSeconds(4))).Should().Throw<ArgumentOutOfRangeException>().WithParameterName("elapsed");
        _clock.Invoking(c => c.AdvanceTo(TimeSpan.MaxValue)).Should().Throw<ArgumentOutOfRangeException>().WithParameterName("elapsed");
        _clock.Elapsed.Should().Be(TimeSpan.FromSeconds(5));

        _clock.AdvanceTo(DateTimeOffset.MaxValue - Start);
        _clock.GetUtcNow().Should().Be(DateTimeOffset.MaxValue);
    }

    [Test]
    public void Time_cannot_be_advanced_from_inside_an_event()
    {
        _queue.ScheduleNow(_ => _clock.Advance(TimeSpan.FromSeconds(1)));

        _clock.Invoking(c => c.Advance(TimeSpan.Zero)).Should().Throw<InvalidOperationException>();
    }

    [Test]
    public void A_delay_of_the_class_library_waits_for_virtual_time()
    {
        Task delay = Task.Delay(TimeSpan.FromSeconds(30), _clock);

        _clock.Advance(TimeSpan.FromSeconds(29));
        delay.IsCompleted.Should().BeFalse();

        _clock.Advance(TimeSpan.FromSeconds(1));
        delay.IsCompletedSuccessfully.Should().BeTrue();
    }
}
