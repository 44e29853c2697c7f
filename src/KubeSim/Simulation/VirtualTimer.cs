namespace KubeSim.Simulation;

/// <summary>A timer of <see cref="VirtualClock"/>, with the ranges of the system's timers.</summary>
internal sealed class VirtualTimer(EventQueue queue, TimerCallback callback, object? state) : ITimer
{
    private const uint LongestMilliseconds = uint.MaxValue - 1;

    private readonly ExecutionContext? _context = ExecutionContext.Capture();
    private EventHandle _next;
    private TimeSpan _period;
    private bool _disposed;

    /// <summary>Starts anew from now; false once disposed.</summary>
    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        dueTime = Checked(dueTime, nameof(dueTime));
        period = Checked(period, nameof(period));
        if (_disposed)
        {
            return false;
        }

        queue.Cancel(_next);
        _period = period;
        if (dueTime != Timeout.InfiniteTimeSpan)
        {
            FireAfter(dueTime);
        }

        return true;
    }

    public void Dispose()
    {
        _disposed = true;
        queue.Cancel(_next);
    }

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Judges in whole milliseconds, cut off towards zero, as the system's timers do; keeps the ticks.</summary>
    private static TimeSpan Checked(TimeSpan time, string name)
    {
        double milliseconds = Math.Truncate(time.TotalMilliseconds);
        if (milliseconds is < -1 or > LongestMilliseconds)
        {
            throw new ArgumentOutOfRangeException(name, time, $"A timer takes 0 to {LongestMilliseconds} ms, or Timeout.InfiniteTimeSpan.");
        }

        return milliseconds == -1 ? Timeout.InfiniteTimeSpan : time < TimeSpan.Zero ? TimeSpan.Zero : time;
    }

    private void FireAfter(TimeSpan delay) =>
        _next = queue.Schedule(queue.After(delay), static timer => ((VirtualTimer)timer!).Fire(), this);

    private void Fire()
    {
        // The next call is scheduled first, so that the callback can change it or dispose of the timer.
        if (_period > TimeSpan.Zero)
        {
            FireAfter(_period);
        }

        SynchronizationContext? previous = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            if (_context is null)
            {
                callback(state);
            }
            else
            {
                ExecutionContext.Run(_context, static timer => ((VirtualTimer)timer!).Call(), this);
            }
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(previous);
        }
    }

    private void Call() => callback(state);
}
