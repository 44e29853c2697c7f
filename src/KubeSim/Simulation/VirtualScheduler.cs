using System.Reactive.Concurrency;

namespace KubeSim.Simulation;

/// <summary>
/// The event queue as System.Reactive's scheduler. It offers the periodic and stopwatch services, so that operators do not
/// fall back to emulations on the machine's clock.
/// </summary>
internal sealed class VirtualScheduler(EventQueue queue, TimeProvider clock)
    : IScheduler, ISchedulerPeriodic, IStopwatchProvider, IServiceProvider
{
    private static readonly TimeSpan Tick = new(1);

    public DateTimeOffset Now => clock.GetUtcNow();

    public IDisposable Schedule<TState>(TState state, Func<IScheduler, TState, IDisposable> action) =>
        Schedule(state, TimeSpan.Zero, action);

    public IDisposable Schedule<TState>(TState state, TimeSpan dueTime, Func<IScheduler, TState, IDisposable> action)
    {
        ArgumentNullException.ThrowIfNull(action);
        return new ScheduledAction<TState>(queue, this, queue.After(dueTime), state, action);
    }

    public IDisposable Schedule<TState>(TState state, DateTimeOffset dueTime, Func<IScheduler, TState, IDisposable> action) =>
        Schedule(state, dueTime - Now, action);

    /// <summary>A period below one tick counts as one tick: time must pass between two calls.</summary>
    public IDisposable SchedulePeriodic<TState>(TState state, TimeSpan period, Func<TState, TState> action)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(period, TimeSpan.Zero);
        ArgumentNullException.ThrowIfNull(action);
        return new PeriodicAction<TState>(queue, period < Tick ? Tick : period, state, action);
    }

    public IStopwatch StartStopwatch() => new VirtualStopwatch(queue, queue.Now);

    public object? GetService(Type serviceType) =>
        serviceType == typeof(ISchedulerPeriodic) || serviceType == typeof(IStopwatchProvider) ? this : null;

    private sealed class VirtualStopwatch(EventQueue queue, TimeSpan start) : IStopwatch
    {
        public TimeSpan Elapsed => queue.Now - start;
    }
}
