namespace KubeSim.Simulation;

/// <summary>
/// A 4-ary minimum heap over (due, sequence). Four children share a cache line, and the tree is half as deep as a binary one.
/// </summary>
internal sealed class EventHeap
{
    /// <summary>Bits of a key that hold the slot number; the sequence has the other 40.</summary>
    internal const int SlotBits = 24;

    internal const ulong SequenceLimit = 1UL << (64 - SlotBits);

    private const int Arity = 4;
    private const int FirstCapacity = 16;

    private Entry[] _entries = [];

    internal int Count { get; private set; }

    internal ref readonly Entry Top => ref _entries[0];

    /// <summary>Grows by half: with 40 bytes per event, at most 60 bytes of capacity per pending event.</summary>
    internal static int Grown(int capacity) => Math.Max(FirstCapacity, capacity + (capacity / 2));

    internal void Push(long due, ulong sequence, int slot)
    {
        if (Count == _entries.Length)
        {
            Array.Resize(ref _entries, Grown(Count));
        }

        var entry = new Entry(due, (sequence << SlotBits) | (uint)slot);
        Entry[] entries = _entries;
        int hole = Count++;
        while (hole > 0)
        {
            int parent = (hole - 1) / Arity;
            if (!entry.IsBefore(in entries[parent]))
            {
                break;
            }

            entries[hole] = entries[parent];
            hole = parent;
        }

        entries[hole] = entry;
    }

    internal Entry Pop()
    {
        Entry top = _entries[0];
        Entry last = _entries[--Count];
        if (Count > 0)
        {
            SiftDown(0, last);
        }

        return top;
    }

    /// <summary>Drops every entry that the slots call cancelled and gives their slots back.</summary>
    internal void RemoveCancelled(EventSlots slots)
    {
        int kept = 0;
        for (int i = 0; i < Count; i++)
        {
            Entry entry = _entries[i];
            if (slots.IsCancelled(entry.Slot))
            {
                slots.Free(entry.Slot);
            }
            else
            {
                _entries[kept++] = entry;
            }
        }

        Count = kept;
        for (int i = (kept - 2) / Arity; i >= 0 && kept > 1; i--)
        {
            SiftDown(i, _entries[i]);
        }
    }

    /// <summary>Gives the pending events the sequence numbers 0, 1, 2 … in their present order; returns the next one.</summary>
    internal ulong Renumber()
    {
        Array.Sort(_entries, 0, Count, Comparer<Entry>.Create(static (x, y) => x.IsBefore(in y) ? -1 : y.IsBefore(in x) ? 1 : 0));
        for (int i = 0; i < Count; i++)
        {
            _entries[i] = new Entry(_entries[i].Due, ((ulong)i << SlotBits) | (uint)_entries[i].Slot);
        }

        return (ulong)Count;
    }

    private void SiftDown(int hole, Entry entry)
    {
        Entry[] entries = _entries;
        int count = Count;
        while (true)
        {
            int child = (hole * Arity) + 1;
            if (child >= count)
            {
                break;
            }

            int least = child;
            int end = Math.Min(child + Arity, count);
            for (int i = child + 1; i < end; i++)
            {
                if (entries[i].IsBefore(in entries[least]))
                {
                    least = i;
                }
            }

            if (!entries[least].IsBefore(in entry))
            {
                break;
            }

            entries[hole] = entries[least];
            hole = least;
        }

        entries[hole] = entry;
    }

    /// <summary>One pending event: when, and (sequence, slot) in one word. Sequences are unique, so the order is total.</summary>
    internal readonly struct Entry(long due, ulong key)
    {
        internal readonly long Due = due;
        internal readonly ulong Key = key;

        internal int Slot => (int)(Key & (EventSlots.Limit - 1));

        internal bool IsBefore(in Entry other) => Due < other.Due || (Due == other.Due && Key < other.Key);
    }
}
