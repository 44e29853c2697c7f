using KubeSim.Addressing;

namespace KubeSim.Dataplane;

/// <summary>
/// The flows that one machine knows, found by their packets' addresses in either direction. Entries time out without a timer:
/// one that is over is not found any more, and makes room when room is needed.
/// </summary>
internal sealed class Conntrack(string machine, NetworkNode? node)
{
    private const int None = FlowIndex.None;
    private const int SmallestCapacity = 16;

    private ConntrackEntry[] _entries = [];
    private FlowIndex _byOriginal;
    private FlowIndex _byReply;
    private int[] _free = [];
    private int _freeCount;
    private int _used;

    /// <summary>When the table was last found to be full, and how many flows had ended then: until one of them changes it stays full.</summary>
    private (TimeSpan Now, long Ended) _full = (TimeSpan.MinValue, 0);

    /// <summary>The machine's name.</summary>
    public string Machine => machine;

    /// <summary>The machine where it is a node; null for a host outside.</summary>
    public NetworkNode? Node => node;

    /// <summary>nf_conntrack_max: how many flows it remembers at most; 0 for as many as there are.</summary>
    public int Limit { get; set; }

    /// <summary>How long it remembers them.</summary>
    public ConntrackTimeouts Timeouts { get; set; } = ConntrackTimeouts.Default;

    /// <summary>Entries kept, also those whose time is over.</summary>
    public int Count { get; private set; }

    /// <summary>How many flows have ended or been closed: while this and the time stay, none becomes free.</summary>
    public long Ended { get; private set; }

    /// <summary>The entry of a slot.</summary>
    public ref ConntrackEntry this[int slot] => ref _entries[slot];

    /// <summary>The slot of the flow whose packets look like this, or -1.</summary>
    public int Find(in Flow original, TimeSpan now)
    {
        if (Count == 0)
        {
            return None;
        }

        uint hash = FlowIndex.Hash(original);
        int slot = _byOriginal.First(hash, out int position);
        while (slot != None && !(_entries[slot].ExpiresAt > now.Ticks && _entries[slot].Original == original))
        {
            slot = _byOriginal.Next(hash, ref position);
        }

        return slot;
    }

    /// <summary>The slot of the flow whose answers look like this, or -1.</summary>
    public int FindReply(in Flow reply, TimeSpan now)
    {
        if (Count == 0)
        {
            return None;
        }

        uint hash = FlowIndex.Hash(reply);
        int slot = _byReply.First(hash, out int position);
        while (slot != None && !(_entries[slot].ExpiresAt > now.Ticks && _entries[slot].Reply == reply))
        {
            slot = _byReply.Next(hash, ref position);
        }

        return slot;
    }

    /// <summary>Whether a sender has a flow like this open.</summary>
    public bool IsInUse(in Flow original, TimeSpan now) => Find(original, now) is var slot && slot != None && _entries[slot].IsOpen;

    public ConnectionHandle HandleOf(int slot) => new(this, slot, _entries[slot].Generation);

    /// <summary>The slot that a handle names, or -1 where its entry is gone or its time is over.</summary>
    public int Find(in ConnectionHandle handle, TimeSpan now) =>
        IsKept(handle) && _entries[handle.Slot].ExpiresAt > now.Ticks ? handle.Slot : None;

    /// <summary>Undoes the translation of an answer: the flow as the client must see it. False where no flow has such answers.</summary>
    public bool TryTranslateReply(in Flow reply, TimeSpan now, out Flow towardsClient)
    {
        int slot = FindReply(reply, now);
        towardsClient = slot == None ? reply : _entries[slot].Original.Reversed;
        return slot != None;
    }

    /// <summary>Adds an open flow; the caller has seen that neither direction is in use, and fills in the rest of the entry.</summary>
    public ref ConntrackEntry Add(in Flow original, in Flow reply, bool isReplied, TimeSpan now, out ConnectionHandle handle)
    {
        int slot = Take(now);
        ref ConntrackEntry entry = ref _entries[slot];
        entry.Original = original;
        entry.Reply = reply;
        entry.IsReplied = isReplied;
        entry.IsOpen = true;
        entry.OpenedAt = now.Ticks;
        entry.OriginalHash = FlowIndex.Hash(original);
        entry.ReplyHash = FlowIndex.Hash(reply);
        _byOriginal.Add(slot, entry.OriginalHash);
        _byReply.Add(slot, entry.ReplyHash);
        Count++;
        Refresh(slot, now);
        handle = new ConnectionHandle(this, slot, entry.Generation);
        return ref entry;
    }

    /// <summary>Whether there is no room for one more flow. What is over makes room, though not for a rehearsal.</summary>
    public bool IsFull(TimeSpan now, bool rehearse)
    {
        if (Limit == 0 || Count < Limit || _full == (now, Ended))
        {
            return Limit != 0 && Count >= Limit;
        }

        if (rehearse)
        {
            return Entries(now).Count() >= Limit;
        }

        DropExpired(now);
        _full = (now, Ended);
        return Count >= Limit;
    }

    /// <summary>Gives an entry its whole time again.</summary>
    public void Refresh(int slot, TimeSpan now)
    {
        ref ConntrackEntry entry = ref _entries[slot];
        entry.ExpiresAt = Math.Min(now.Ticks, TimeSpan.MaxValue.Ticks / 2) + Timeouts.Ticks(entry.Original.Protocol, entry.IsReplied);
    }

    /// <summary>The next machine's entry of the same connection; default where there is none.</summary>
    public ConnectionHandle OnwardOf(in ConnectionHandle handle) => IsKept(handle) ? _entries[handle.Slot].Onward : default;

    /// <summary>The sender has closed the flow: a UDP entry stays until its time is over, others go. False where it is gone.</summary>
    public bool Close(in ConnectionHandle handle, TimeSpan now)
    {
        if (!IsKept(handle))
        {
            return false;
        }

        Ended++;
        ref ConntrackEntry entry = ref _entries[handle.Slot];
        if (entry.Original.Protocol == TransportProtocol.Udp && entry.ExpiresAt > now.Ticks)
        {
            entry.IsOpen = false;
            ServicePortState? placedBy = entry.PlacedBy;
            entry.PlacedBy = null;
            placedBy?.Closed(entry.Reply.Source, new TimeSpan(now.Ticks - entry.OpenedAt), now);
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

    /// <summary>Forgets everything at once and tells nobody; handles name nothing any more.</summary>
    public void Clear()
    {
        for (int slot = 0; slot < _used; slot++)
        {
            if (IsTaken(slot))
            {
                _entries[slot].PlacedBy = null;
                Release(slot, TimeSpan.Zero);
            }
        }
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

    private bool IsKept(in ConnectionHandle handle) => handle.Slot < _used && _entries[handle.Slot].Generation == handle.Generation && IsTaken(handle.Slot);

    /// <summary>A free slot has been over since the beginning of time, which no entry is.</summary>
    private bool IsTaken(int slot) => _entries[slot].ExpiresAt != 0;

    private int Take(TimeSpan now)
    {
        if (_freeCount == 0 && _used == _entries.Length)
        {
            DropExpired(now);
            if (_freeCount == 0)
            {
                Grow();
            }
        }

        return _freeCount > 0 ? _free[--_freeCount] : _used++;
    }

    private void DropExpired(TimeSpan now)
    {
        for (int slot = 0; slot < _used; slot++)
        {
            if (IsTaken(slot) && _entries[slot].ExpiresAt <= now.Ticks)
            {
                Release(slot, now);
            }
        }
    }

    private void Grow()
    {
        int capacity = Math.Max(SmallestCapacity, _entries.Length * 2);
        Array.Resize(ref _entries, capacity);
        Array.Resize(ref _free, capacity);
        _byOriginal.Reset(capacity);
        _byReply.Reset(capacity);
        for (int slot = 0; slot < _used; slot++)
        {
            _byOriginal.Add(slot, _entries[slot].OriginalHash);
            _byReply.Add(slot, _entries[slot].ReplyHash);
        }
    }

    private void Release(int slot, TimeSpan now)
    {
        ref ConntrackEntry entry = ref _entries[slot];
        _byOriginal.Remove(slot, entry.OriginalHash);
        _byReply.Remove(slot, entry.ReplyHash);
        ServicePortState? placedBy = entry.PlacedBy;
        IpPort endpoint = entry.Reply.Source;
        var endedAt = new TimeSpan(Math.Min(now.Ticks, entry.ExpiresAt));
        var duration = new TimeSpan(Math.Max(0, endedAt.Ticks - entry.OpenedAt));
        entry.PlacedBy = null;
        entry.Server = null;
        entry.Onward = default;
        entry.ExpiresAt = 0;
        entry.Generation = entry.Generation == uint.MaxValue ? 0 : entry.Generation + 1;
        _free[_freeCount++] = slot;
        Count--;
        Ended++;
        placedBy?.Closed(endpoint, duration, endedAt);
    }
}
