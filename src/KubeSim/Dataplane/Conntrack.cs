using KubeSim.Addressing;

namespace KubeSim.Dataplane;

/// <summary>
/// The flows that one machine knows, found by their packets' addresses in either direction. Entries time out without a timer:
/// one that is over is not found any more, and makes room when room is needed.
/// </summary>
internal sealed class Conntrack(string machine, NetworkNode? node)
{
    private const int None = -1;
    private const int SmallestCapacity = 16;

    private ConntrackEntry[] _entries = [];
    private int[] _byOriginal = [];
    private int[] _byReply = [];
    private int _used;
    private int _free = None;

    /// <summary>The machine's name.</summary>
    public string Machine => machine;

    /// <summary>The machine where it is a node; null for a host outside.</summary>
    public NetworkNode? Node => node;

    /// <summary>Entries kept, also those whose time is over.</summary>
    public int Count { get; private set; }

    /// <summary>The entry of a slot.</summary>
    public ref ConntrackEntry this[int slot] => ref _entries[slot];

    /// <summary>The slot of the flow whose packets look like this, or -1.</summary>
    public int Find(in Flow original, TimeSpan now)
    {
        if (Count == 0)
        {
            return None;
        }

        for (int slot = _byOriginal[Bucket(original)]; slot != None; slot = _entries[slot].NextByOriginal)
        {
            ref ConntrackEntry entry = ref _entries[slot];
            if (entry.ExpiresAt > now.Ticks && entry.Original == original)
            {
                return slot;
            }
        }

        return None;
    }

    /// <summary>The slot of the flow whose answers look like this, or -1.</summary>
    public int FindReply(in Flow reply, TimeSpan now)
    {
        if (Count == 0)
        {
            return None;
        }

        for (int slot = _byReply[Bucket(reply)]; slot != None; slot = _entries[slot].NextByReply)
        {
            ref ConntrackEntry entry = ref _entries[slot];
            if (entry.ExpiresAt > now.Ticks && entry.Reply == reply)
            {
                return slot;
            }
        }

        return None;
    }

    /// <summary>Whether a sender has a flow like this open.</summary>
    public bool IsInUse(in Flow original, TimeSpan now) => Find(original, now) is var slot && slot != None && _entries[slot].IsOpen;

    public ConnectionHandle HandleOf(int slot) => new(this, slot, _entries[slot].Generation);

    /// <summary>The slot that a handle names, or -1 where its entry is gone or its time is over.</summary>
    public int Find(in ConnectionHandle handle, TimeSpan now) =>
        handle.Slot < _used && _entries[handle.Slot].Generation == handle.Generation && _entries[handle.Slot].ExpiresAt > now.Ticks
            ? handle.Slot : None;

    /// <summary>Undoes the translation of an answer: the flow as the client must see it. False where no flow has such answers.</summary>
    public bool TryTranslateReply(in Flow reply, TimeSpan now, out Flow towardsClient)
    {
        int slot = FindReply(reply, now);
        towardsClient = slot == None ? reply : _entries[slot].Original.Reversed;
        return slot != None;
    }

    /// <summary>Adds a flow; the caller has seen that neither direction is in use.</summary>
    public ConnectionHandle Add(in ConntrackEntry added, TimeSpan now)
    {
        int slot = Take(now);
        ref ConntrackEntry entry = ref _entries[slot];
        uint generation = entry.Generation;
        entry = added;
        entry.Generation = generation;
        entry.OpenedAt = now.Ticks;
        Link(slot);
        Count++;
        Refresh(slot, now);
        return new ConnectionHandle(this, slot, generation);
    }

    /// <summary>Gives an entry its whole time again.</summary>
    public void Refresh(int slot, TimeSpan now)
    {
        ref ConntrackEntry entry = ref _entries[slot];
        entry.ExpiresAt = Math.Min(now.Ticks, TimeSpan.MaxValue.Ticks / 2) + ConntrackTimeouts.Ticks(entry.Original.Protocol, entry.IsReplied);
    }

    /// <summary>The next machine's entry of the same connection; default where there is none.</summary>
    public ConnectionHandle OnwardOf(in ConnectionHandle handle) =>
        handle.Slot < _used && _entries[handle.Slot].Generation == handle.Generation ? _entries[handle.Slot].Onward : default;

    /// <summary>Forgets everything at once and tells nobody; handles name nothing any more.</summary>
    public void Clear()
    {
        for (int slot = 0; slot < _used; slot++)
        {
            if (_entries[slot].ExpiresAt != 0)
            {
                _entries[slot].PlacedBy = null;
                Release(slot, TimeSpan.Zero);
            }
        }
    }

    /// <summary>The sender has closed the flow: a UDP entry stays until its time is over, others go. False where it is gone.</summary>
    public bool Close(in ConnectionHandle handle, TimeSpan now)
    {
        if (handle.Slot >= _used || _entries[handle.Slot].Generation != handle.Generation)
        {
            return false;
        }

        ref ConntrackEntry entry = ref _entries[handle.Slot];
        if (entry.Original.Protocol == TransportProtocol.Udp && entry.ExpiresAt > now.Ticks)
        {
            entry.IsOpen = false;
            ServicePortState? placedBy = entry.PlacedBy;
            entry.PlacedBy = null;
            placedBy?.Closed(entry.Reply.Source, new TimeSpan(now.Ticks - entry.OpenedAt));
        }
        else
        {
            Release(handle.Slot, now);
        }

        return true;
    }

    /// <summary>Takes out every entry that the condition holds for, in order of slots; returns how many.</summary>
    public int Delete(Func<Flow, Flow, bool> isStale, TimeSpan now)
    {
        int deleted = 0;
        for (int slot = 0; slot < _used; slot++)
        {
            if (_entries[slot].ExpiresAt > now.Ticks && isStale(_entries[slot].Original, _entries[slot].Reply))
            {
                Release(slot, now);
                deleted++;
            }
        }

        return deleted;
    }

    /// <summary>The living entries in order of slots; for listings.</summary>
    public IEnumerable<ConntrackEntry> Entries(TimeSpan now)
    {
        for (int slot = 0; slot < _used; slot++)
        {
            if (_entries[slot].ExpiresAt > now.Ticks)
            {
                yield return _entries[slot];
            }
        }
    }

    /// <summary>The bucket arrays are powers of two, as long as the entries.</summary>
    private int Bucket(in Flow flow) => (int)(FlowHash.Of(flow) & (ulong)(_byOriginal.Length - 1));

    private int Take(TimeSpan now)
    {
        if (_free == None && _used == _entries.Length)
        {
            DropExpired(now);
            if (_free == None)
            {
                Grow();
            }
        }

        if (_free == None)
        {
            return _used++;
        }

        int slot = _free;
        _free = _entries[slot].NextByOriginal;
        return slot;
    }

    private void DropExpired(TimeSpan now)
    {
        for (int slot = 0; slot < _used; slot++)
        {
            // Free slots have been expired since the beginning of time.
            if (_entries[slot].ExpiresAt <= now.Ticks && _entries[slot].ExpiresAt != 0)
            {
                Release(slot, now);
            }
        }
    }

    private void Grow()
    {
        int capacity = Math.Max(SmallestCapacity, _entries.Length * 2);
        Array.Resize(ref _entries, capacity);
        _byOriginal = new int[capacity];
        _byReply = new int[capacity];
        _byOriginal.AsSpan().Fill(None);
        _byReply.AsSpan().Fill(None);
        for (int slot = 0; slot < _used; slot++)
        {
            Link(slot);
        }
    }

    private void Link(int slot)
    {
        ref ConntrackEntry entry = ref _entries[slot];
        ref int original = ref _byOriginal[Bucket(entry.Original)];
        entry.NextByOriginal = original;
        original = slot;
        ref int reply = ref _byReply[Bucket(entry.Reply)];
        entry.NextByReply = reply;
        reply = slot;
    }

    private void Release(int slot, TimeSpan now)
    {
        ref ConntrackEntry entry = ref _entries[slot];
        ref int link = ref _byOriginal[Bucket(entry.Original)];
        while (link != slot)
        {
            link = ref _entries[link].NextByOriginal;
        }

        link = entry.NextByOriginal;
        link = ref _byReply[Bucket(entry.Reply)];
        while (link != slot)
        {
            link = ref _entries[link].NextByReply;
        }

        link = entry.NextByReply;
        ServicePortState? placedBy = entry.PlacedBy;
        IpPort endpoint = entry.Reply.Source;
        var duration = new TimeSpan(Math.Max(0, Math.Min(now.Ticks, entry.ExpiresAt) - entry.OpenedAt));
        uint generation = entry.Generation == uint.MaxValue ? 0 : entry.Generation + 1;
        entry = default;
        entry.Generation = generation;
        entry.NextByOriginal = _free;
        _free = slot;
        Count--;
        placedBy?.Closed(endpoint, duration);
    }
}
