using KubeSim.Api;
using KubeSim.Simulation;

namespace KubeSim.ApiServer;

/// <summary>Hands changes on a fixed time later, in order: one event of the queue for all changes of an instant.</summary>
internal sealed class DelayedDelivery<T>(EventQueue queue, TimeSpan delay, Action<ObjectChange<T>> handler) : IDisposable
    where T : KubernetesObject
{
    private readonly Queue<(TimeSpan Due, ObjectChange<T> Change)> _onTheWay = new();
    private TimeSpan _lastDue = TimeSpan.MinValue;
    private bool _isDisposed;

    public void Dispose()
    {
        _isDisposed = true;
        _onTheWay.Clear();
    }

    internal void Add(ObjectChange<T> change)
    {
        TimeSpan due = queue.After(delay);
        _onTheWay.Enqueue((due, change));
        if (due != _lastDue)
        {
            _lastDue = due;
            queue.Schedule(due, static state => ((DelayedDelivery<T>)state!).Deliver(), this);
        }
    }

    private void Deliver()
    {
        while (!_isDisposed && _onTheWay.TryPeek(out (TimeSpan Due, ObjectChange<T> Change) next) && next.Due <= queue.Now)
        {
            _onTheWay.Dequeue();
            handler(next.Change);
        }
    }
}
