namespace KubeSim.Simulation;

/// <summary>
/// Everything that will happen, in order of (due time, sequence of scheduling). The only thing that moves virtual time.
/// An exception from an action leaves the driving call unchanged; that event counts as run and the queue stays usable.
/// </summary>
internal sealed class EventQueue
{
    private const int FewCancelled = 64;

    private readonly EventHeap _heap = new();
    private readonly EventSlots _slots = new();
    private ulong _sequence;
    private int _cancelled;

    public EventQueue()
    {
    }

    /// <summary>Starts at a given sequence number, so that the end of the numbers can be tried.</summary>
    internal EventQueue(ulong firstSequence) => _sequence = firstSequence;

    /// <summary>Elapsed virtual time since the cluster's start.</summary>
    public TimeSpan Now { get; private set; }

    /// <summary>Pending events; cancelled ones are not counted.</summary>
    public int Count => _heap.Count - _cancelled;

    /// <summary>When the next event is due, or null when nothing is pending.</summary>
    public TimeSpan? NextDue => _heap.Count == 0 ? null : new TimeSpan(_heap.Top.Due);

    /// <summary>Whether an event's action is on the stack.</summary>
    public bool IsRunning { get; private set; }

    /// <summary>Schedules at an absolute time, behind what is already scheduled for that instant.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="due"/> has passed.</exception>
    /// <exception cref="InvalidOperationException">16,777,216 events are pending already.</exception>
    public EventHandle Schedule(TimeSpan due, Action<object?> action, object? state = null)
    {
        ArgumentNullException.ThrowIfNull(action);
        if (due < Now)
        {
            throw new ArgumentOutOfRangeException(nameof(due), due, $"The time {due:c} has passed; it is {Now:c}.");
        }

        EventHandle handle = _slots.Take(action, state);
        if (_sequence == EventHeap.SequenceLimit)
        {
            _sequence = _heap.Renumber();
        }

        _heap.Push(due.Ticks, _sequence++, handle.Slot);
        return handle;
    }

    /// <summary>Schedules for this instant, behind what is already scheduled for it.</summary>
    public EventHandle ScheduleNow(Action<object?> action, object? state = null) => Schedule(Now, action, state);

    /// <summary>The time a delay from now, at most <see cref="TimeSpan.MaxValue"/>; a negative delay counts as none.</summary>
    public TimeSpan After(TimeSpan delay) =>
        delay <= TimeSpan.Zero ? Now : delay > TimeSpan.MaxValue - Now ? TimeSpan.MaxValue : Now + delay;

    /// <summary>Takes the event out; false when it has run, runs now, was cancelled, or never was.</summary>
    public bool Cancel(EventHandle handle)
    {
        if (!_slots.IsPending(handle))
        {
            return false;
        }

        _slots.Cancel(handle.Slot);
        _cancelled++;

        // Cancelled entries stay in the heap until they surface. Sweeping when they are the majority keeps memory in
        // proportion to what is pending, at amortised constant cost.
        if (_cancelled > FewCancelled && _cancelled > _heap.Count / 2)
        {
            _heap.RemoveCancelled(_slots);
            _cancelled = 0;
        }
        else
        {
            DropCancelledTop();
        }

        return true;
    }

    /// <summary>Runs exactly the next event, moving time to it; false when nothing is pending.</summary>
    /// <exception cref="InvalidOperationException">Called from an event's action.</exception>
    public bool Step()
    {
        ThrowIfRunning();
        return Drain(TimeSpan.MaxValue, 1) == 1;
    }

    /// <summary>
    /// Runs what is due at this instant, also what that schedules for this instant, and returns how many events that was.
    /// From an event's action it returns 0 at once: the drain under way will get there.
    /// </summary>
    public int RunDue() => IsRunning ? 0 : (int)Math.Min(Drain(Now, long.MaxValue), int.MaxValue);

    /// <summary>Runs everything due up to and including the target, each at its time; then it is the target.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="target"/> has passed.</exception>
    /// <exception cref="InvalidOperationException">Called from an event's action.</exception>
    public void AdvanceTo(TimeSpan target)
    {
        ThrowIfRunning();
        if (target < Now)
        {
            throw new ArgumentOutOfRangeException(nameof(target), target, $"Time does not go back: it is {Now:c}.");
        }

        Drain(target, long.MaxValue);
        Now = target;
    }

    /// <summary>Runs everything, moving time, until nothing is pending; returns how many events that was.</summary>
    /// <exception cref="InvalidOperationException">Called from an event's action.</exception>
    /// <exception cref="NotIdleException">More than <paramref name="maxEvents"/> ran; the queue goes on from there.</exception>
    public int RunUntilIdle(int maxEvents = 10_000_000)
    {
        ThrowIfRunning();
        ArgumentOutOfRangeException.ThrowIfNegative(maxEvents);
        int ran = (int)Drain(TimeSpan.MaxValue, maxEvents);
        if (Count > 0)
        {
            throw new NotIdleException(
                $"The simulation is not idle after {ran} events: at {Now:c} there are {Count} pending, the next due at {NextDue:c}. " +
                "Something schedules itself again and again; advance the clock by a span instead of waiting for idle.");
        }

        return ran;
    }

    private long Drain(TimeSpan until, long most)
    {
        long ran = 0;
        IsRunning = true;
        try
        {
            while (ran < most && _heap.Count > 0 && _heap.Top.Due <= until.Ticks)
            {
                EventHeap.Entry next = _heap.Pop();
                Action<object?> action = _slots.Release(next.Slot, out object? state);
                if (_cancelled > 0)
                {
                    DropCancelledTop();
                }

                Now = new TimeSpan(next.Due);
                ran++;
                action(state);
            }
        }
        finally
        {
            IsRunning = false;
        }

        return ran;
    }

    /// <summary>Keeps the top of the heap an event that will run, so that <see cref="NextDue"/> is exact.</summary>
    private void DropCancelledTop()
    {
        while (_heap.Count > 0 && _slots.IsCancelled(_heap.Top.Slot))
        {
            _slots.Free(_heap.Pop().Slot);
            _cancelled--;
        }
    }

    /// <exception cref="InvalidOperationException">An event is running.</exception>
    internal void ThrowIfRunning()
    {
        if (IsRunning)
        {
            throw new InvalidOperationException("Time cannot be moved from inside an event; schedule another event instead.");
        }
    }
}
