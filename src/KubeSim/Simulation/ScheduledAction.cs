using System.Reactive.Concurrency;

namespace KubeSim.Simulation;

/// <summary>One action on <see cref="VirtualScheduler"/>; disposing cancels it, or what it scheduled in its turn.</summary>
internal sealed class ScheduledAction<TState> : IDisposable
{
    private readonly EventQueue _queue;
    private readonly IScheduler _scheduler;
    private readonly TState _state;
    private readonly Func<IScheduler, TState, IDisposable> _action;
    private readonly EventHandle _handle;
    private IDisposable? _inner;
    private bool _disposed;

    internal ScheduledAction(
        EventQueue queue, IScheduler scheduler, TimeSpan due, TState state, Func<IScheduler, TState, IDisposable> action)
    {
        _queue = queue;
        _scheduler = scheduler;
        _state = state;
        _action = action;
        _handle = queue.Schedule(due, static item => ((ScheduledAction<TState>)item!).Run(), this);
    }

    public void Dispose()
    {
        _disposed = true;
        _queue.Cancel(_handle);
        _inner?.Dispose();
        _inner = null;
    }

    private void Run()
    {
        IDisposable inner = _action(_scheduler, _state);
        if (_disposed)
        {
            inner?.Dispose();
        }
        else
        {
            _inner = inner;
        }
    }
}
