namespace KubeSim.Simulation;

/// <summary>An action on <see cref="VirtualScheduler"/> that comes again every period until it is disposed.</summary>
internal sealed class PeriodicAction<TState> : IDisposable
{
    private readonly EventQueue _queue;
    private readonly TimeSpan _period;
    private readonly Func<TState, TState> _action;
    private TState _state;
    private EventHandle _next;

    internal PeriodicAction(EventQueue queue, TimeSpan period, TState state, Func<TState, TState> action)
    {
        _queue = queue;
        _period = period;
        _state = state;
        _action = action;
        ScheduleNext();
    }

    public void Dispose() => _queue.Cancel(_next);

    private void ScheduleNext() =>
        _next = _queue.Schedule(_queue.After(_period), static item => ((PeriodicAction<TState>)item!).Run(), this);

    private void Run()
    {
        // Scheduled first, so that disposing inside the action takes it back.
        ScheduleNext();
        _state = _action(_state);
    }
}
