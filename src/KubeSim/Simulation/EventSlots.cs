namespace KubeSim.Simulation;

/// <summary>What the pending events will do, kept apart from the heap so that sifting moves 16 bytes and not 40.</summary>
internal sealed class EventSlots
{
    /// <summary>Set by the width of the slot number inside <see cref="EventHeap.Entry.Key"/>.</summary>
    internal const int Limit = 1 << EventHeap.SlotBits;

    private const int None = -1;

    private Slot[] _slots = [];
    private int _used;
    private int _firstFree = None;

    internal EventHandle Take(Action<object?> action, object? state)
    {
        int index = _firstFree;
        if (index != None)
        {
            _firstFree = _slots[index].NextFree;
        }
        else
        {
            index = Append();
        }

        ref Slot slot = ref _slots[index];
        slot.Action = action;
        slot.State = state;
        return new EventHandle(index, slot.Generation);
    }

    /// <summary>Whether the handle names an event that has neither run nor been cancelled.</summary>
    internal bool IsPending(EventHandle handle) =>
        handle.Slot >= 0
        && handle.Slot < _used
        && _slots[handle.Slot].Generation == handle.Generation
        && _slots[handle.Slot].Action is not null;

    internal bool IsCancelled(int index) => _slots[index].Action is null;

    /// <summary>Makes the event do nothing; the slot stays taken until its heap entry is gone.</summary>
    internal void Cancel(int index)
    {
        _slots[index].Action = null;
        _slots[index].State = null;
    }

    internal Action<object?> Release(int index, out object? state)
    {
        ref Slot slot = ref _slots[index];
        Action<object?> action = slot.Action!;
        state = slot.State;
        Free(index);
        return action;
    }

    internal void Free(int index)
    {
        ref Slot slot = ref _slots[index];
        slot.Action = null;
        slot.State = null;

        // Wraps after 2^32 uses of one slot; 0 is left out so that default(EventHandle) never names an event.
        slot.Generation = unchecked(slot.Generation + 1);
        if (slot.Generation == 0)
        {
            slot.Generation = 1;
        }

        slot.NextFree = _firstFree;
        _firstFree = index;
    }

    private int Append()
    {
        if (_used == Limit)
        {
            throw new InvalidOperationException($"More than {Limit} events are pending; something schedules without end.");
        }

        if (_used == _slots.Length)
        {
            Array.Resize(ref _slots, EventHeap.Grown(_used));
        }

        _slots[_used].Generation = 1;
        return _used++;
    }

    private struct Slot
    {
        internal Action<object?>? Action;
        internal object? State;
        internal uint Generation;
        internal int NextFree;
    }
}
