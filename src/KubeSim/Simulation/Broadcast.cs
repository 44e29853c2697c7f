namespace KubeSim.Simulation;

/// <summary>
/// Delivers items to observers in one order for all: a FIFO in front of the subscribers. The only type that calls observers.
/// An item published inside a handler waits until the present one has reached everybody. A subscriber gets what is published
/// after it subscribed. An exception from an observer leaves <see cref="Publish"/>; what was still queued is dropped.
/// </summary>
internal sealed class Broadcast<T> : IObservable<T>
{
    private readonly Queue<T> _waiting = new();
    private Subscription[] _subscriptions = [];
    private long _published;
    private bool _delivering;
    private bool _completed;

    public bool HasObservers => _subscriptions.Length > 0;

    /// <summary>Whether an item is on its way; further ones may wait behind it.</summary>
    public bool IsDelivering => _delivering;

    /// <summary>Delivers the item to every present subscriber, at once or behind the item being delivered. Ignored after <see cref="Complete"/>.</summary>
    public void Publish(T item)
    {
        if (_completed || _subscriptions.Length == 0)
        {
            return;
        }

        long number = _published++;
        if (_delivering)
        {
            _waiting.Enqueue(item);
            return;
        }

        _delivering = true;
        try
        {
            Deliver(item, number);
            while (_waiting.Count > 0)
            {
                Deliver(_waiting.Dequeue(), ++number);
            }
        }
        finally
        {
            _delivering = false;
            if (_waiting.Count > 0)
            {
                _waiting.Clear();
            }
        }

        if (_completed)
        {
            CompleteSubscriptions();
        }
    }

    public IDisposable Subscribe(IObserver<T> observer)
    {
        ArgumentNullException.ThrowIfNull(observer);
        return Add(observer.OnNext, observer.OnCompleted);
    }

    public IDisposable Subscribe(Action<T> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        return Add(handler, static () => { });
    }

    /// <summary>
    /// Delivers the first items to this subscriber alone, before this returns; what is published meanwhile waits behind them.
    /// </summary>
    public IDisposable Subscribe(IEnumerable<T> first, Action<T> handler, Action completed)
    {
        ArgumentNullException.ThrowIfNull(handler);
        ArgumentNullException.ThrowIfNull(completed);
        var subscription = new Subscription(this, handler, completed, _published);
        var waiting = new Queue<T>(first);
        subscription.Handler = waiting.Enqueue;
        if (!_completed)
        {
            _subscriptions = [.. _subscriptions, subscription];
        }

        subscription.DeliverFirst(waiting, handler);
        if (_completed)
        {
            subscription.Complete();
        }

        return subscription;
    }

    /// <summary>What hands items to an observer, for a subscriber that makes them from others.</summary>
    public static Action<T> HandlerOf(IObserver<T> observer)
    {
        ArgumentNullException.ThrowIfNull(observer);
        return observer.OnNext;
    }

    /// <summary>Tells the observers, once, that nothing follows; behind what is queued already.</summary>
    public void Complete()
    {
        _completed = true;
        if (!_delivering)
        {
            CompleteSubscriptions();
        }
    }

    private void Deliver(T item, long number)
    {
        foreach (Subscription subscription in _subscriptions)
        {
            if (subscription.FirstItem <= number)
            {
                subscription.Handler(item);
            }
        }
    }

    private Subscription Add(Action<T> handler, Action completed)
    {
        var subscription = new Subscription(this, handler, completed, _published);
        if (_completed)
        {
            subscription.Complete();
        }
        else
        {
            _subscriptions = [.. _subscriptions, subscription];
        }

        return subscription;
    }

    private void Remove(Subscription subscription)
    {
        int index = Array.IndexOf(_subscriptions, subscription);
        if (index >= 0)
        {
            // Copied, never edited: a delivery under way goes on over the array it started with.
            _subscriptions = [.. _subscriptions.AsSpan(0, index), .. _subscriptions.AsSpan(index + 1)];
        }
    }

    private void CompleteSubscriptions()
    {
        Subscription[] subscriptions = _subscriptions;
        _subscriptions = [];
        foreach (Subscription subscription in subscriptions)
        {
            subscription.Complete();
        }
    }

    private sealed class Subscription(Broadcast<T> owner, Action<T> handler, Action completed, long firstItem) : IDisposable
    {
        internal readonly long FirstItem = firstItem;
        internal Action<T> Handler = handler;
        private static readonly Action<T> Ignore = static _ => { };
        private bool _hasEnded;

        public void Dispose()
        {
            if (!_hasEnded)
            {
                End();
                owner.Remove(this);
            }
        }

        internal void DeliverFirst(Queue<T> waiting, Action<T> handler)
        {
            bool done = false;
            try
            {
                while (!_hasEnded && waiting.TryDequeue(out T? item))
                {
                    handler(item);
                }

                done = true;
            }
            finally
            {
                if (!done)
                {
                    Dispose();
                }
            }

            if (!_hasEnded)
            {
                Handler = handler;
            }
        }

        internal void Complete()
        {
            if (!_hasEnded)
            {
                End();
                completed();
            }
        }

        private void End()
        {
            _hasEnded = true;
            Handler = Ignore;
        }
    }
}
