using System.Reactive.Concurrency;

namespace KubeSim.Simulation;

/// <summary>
/// The cluster's time. It stands still until it is advanced, and then runs everything that falls due on the way, each event
/// at its own time. As a <see cref="TimeProvider"/> it serves timers, delays and time-outs of any code under test.
/// For one thread: the one that drives the cluster.
/// </summary>
public sealed class VirtualClock : TimeProvider
{
    private readonly EventQueue _queue;
    private readonly Action<TimeSpan> _advanceTo;

    /// <param name="queue">What the clock shows and drives.</param>
    /// <param name="start">The calendar time at which elapsed time is zero.</param>
    /// <param name="advanceTo">How to advance, where the owner wants its own checks around it; by default the queue itself.</param>
    internal VirtualClock(EventQueue queue, DateTimeOffset start, Action<TimeSpan>? advanceTo = null)
    {
        _queue = queue;
        _advanceTo = advanceTo ?? queue.AdvanceTo;
        Start = start.ToUniversalTime();
        Scheduler = new VirtualScheduler(queue, this);
    }

    /// <summary>The calendar time, in UTC, at which the cluster started.</summary>
    public DateTimeOffset Start { get; }

    /// <summary>Virtual time since the start.</summary>
    /// <value>Zero or more; whole ticks of 100 ns.</value>
    public TimeSpan Elapsed => _queue.Now;

    /// <summary>
    /// The same time for System.Reactive's operators. What is scheduled for now or for the past runs at the present instant,
    /// with the call that drives the cluster; disposing a schedule cancels it.
    /// </summary>
    public IScheduler Scheduler { get; }

    /// <summary>UTC: the simulation has no other time zone.</summary>
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <summary>Timestamps are ticks of 100 ns since the start.</summary>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>How long the calendar lasts: the end of the year 9999 as time since the start.</summary>
    internal TimeSpan Longest => DateTimeOffset.MaxValue - Start;

    /// <summary>Moves time forward and runs what falls due on the way, including what that schedules.</summary>
    /// <param name="by">Zero or more; zero runs what is due now.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="by"/> is negative, or leads past the year 9999.</exception>
    /// <exception cref="InvalidOperationException">Called from inside an event of the simulation.</exception>
    public void Advance(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(by, Longest - Elapsed);
        _advanceTo(Elapsed + by);
    }

    /// <summary>Moves time forward to a point and runs what falls due on the way, including what that schedules.</summary>
    /// <param name="elapsed">Time since the start, not before <see cref="Elapsed"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="elapsed"/> has passed, or lies past the year 9999.</exception>
    /// <exception cref="InvalidOperationException">Called from inside an event of the simulation.</exception>
    public void AdvanceTo(TimeSpan elapsed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(elapsed, Elapsed);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(elapsed, Longest);
        _advanceTo(elapsed);
    }

    /// <summary>The present calendar time: <see cref="Start"/> and <see cref="Elapsed"/>, at most the end of the year 9999.</summary>
    public override DateTimeOffset GetUtcNow() => Elapsed > Longest ? DateTimeOffset.MaxValue : Start + Elapsed;

    /// <summary>The present time in ticks of 100 ns since the start.</summary>
    public override long GetTimestamp() => Elapsed.Ticks;

    /// <summary>
    /// A timer in virtual time. Its callback runs on the thread that drives the cluster, with no
    /// <see cref="SynchronizationContext"/> and in the execution context that created the timer.
    /// </summary>
    /// <param name="callback">What to run.</param>
    /// <param name="state">What the callback gets.</param>
    /// <param name="dueTime">From now to the first call, in ticks; <see cref="Timeout.InfiniteTimeSpan"/> for none.</param>
    /// <param name="period">From call to call, in ticks; zero or <see cref="Timeout.InfiniteTimeSpan"/> for one call only.</param>
    /// <exception cref="ArgumentNullException"><paramref name="callback"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A time is negative and not infinite, or longer than 4,294,967,294 ms.</exception>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var timer = new VirtualTimer(_queue, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }
}
