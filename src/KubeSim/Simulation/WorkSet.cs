namespace KubeSim.Simulation;

/// <summary>
/// The keys that want reconciling. The first note schedules one run; later notes before it join it; the run takes all keys
/// in ascending order. A key noted during a run goes to the next one. When a reconcile throws, the exception leaves the
/// driving call, that key counts as done, and the keys behind it stay noted.
/// </summary>
internal sealed class WorkSet<TKey>
    where TKey : notnull, IComparable<TKey>
{
    private readonly EventQueue _queue;
    private readonly TimeSpan _delay;
    private readonly Action<TKey> _reconcile;
    private readonly IComparer<TKey> _order;
    private readonly Batch _noted;
    private readonly Batch _cameDue;
    private readonly Dictionary<TKey, Later> _later = [];

    /// <param name="queue">Where runs are scheduled.</param>
    /// <param name="delay">From the first note to its run; zero for this instant.</param>
    /// <param name="reconcile">Called once per key and run.</param>
    /// <param name="order">A total order that agrees with the keys' equality; by default their own, ordinal for strings.</param>
    public WorkSet(EventQueue queue, TimeSpan delay, Action<TKey> reconcile, IComparer<TKey>? order = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(delay, TimeSpan.Zero);
        _queue = queue;
        _delay = delay;
        _reconcile = reconcile;
        _order = order ?? (typeof(TKey) == typeof(string) ? (IComparer<TKey>)StringComparer.Ordinal : Comparer<TKey>.Default);
        _noted = new Batch(this);
        _cameDue = new Batch(this);
    }

    /// <summary>Notes that wait: the keys of the next run, and those noted for later.</summary>
    public int Count => _noted.Count + _cameDue.Count + _later.Count;

    public void Note(TKey key) => _noted.Add(key, _delay);

    /// <summary>
    /// Notes the key for exactly that much later, beside any note for sooner. Of several the earliest counts. Keys that
    /// come due at one instant share a run.
    /// </summary>
    public void NoteAfter(TKey key, TimeSpan delay)
    {
        TimeSpan due = _queue.After(delay);
        if (_later.TryGetValue(key, out Later? waiting))
        {
            if (waiting.Due <= due)
            {
                return;
            }

            _queue.Cancel(waiting.Handle);
        }

        var later = new Later(this, key, due);
        later.Handle = _queue.Schedule(due, static state => ((Later)state!).ComeDue(), later);
        _later[key] = later;
    }

    private sealed class Later(WorkSet<TKey> owner, TKey key, TimeSpan due)
    {
        internal TimeSpan Due => due;

        internal EventHandle Handle { get; set; }

        internal void ComeDue()
        {
            owner._later.Remove(key);
            owner._cameDue.Add(key, TimeSpan.Zero);
        }
    }

    /// <summary>Keys that will be taken together by one run.</summary>
    private sealed class Batch(WorkSet<TKey> owner)
    {
        private readonly HashSet<TKey> _keys = [];
        private readonly List<TKey> _run = [];
        private bool _isScheduled;

        internal int Count => _keys.Count;

        internal void Add(TKey key, TimeSpan delay)
        {
            if (_keys.Add(key) && !_isScheduled)
            {
                _isScheduled = true;
                owner._queue.Schedule(owner._queue.After(delay), static state => ((Batch)state!).Run(), this);
            }
        }

        private void Run()
        {
            _isScheduled = false;
            _run.AddRange(_keys);
            _run.Sort(owner._order);
            _keys.Clear();
            int done = 0;
            try
            {
                while (done < _run.Count)
                {
                    owner._reconcile(_run[done++]);
                }
            }
            finally
            {
                for (; done < _run.Count; done++)
                {
                    Add(_run[done], TimeSpan.Zero);
                }

                _run.Clear();
            }
        }
    }
}
