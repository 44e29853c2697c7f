using KubeSim.Api;
using KubeSim.Simulation;

namespace KubeSim.ApiServer;

/// <summary>One subscriber: what was there comes first; what happens meanwhile waits behind it; then every change as it comes.</summary>
/// <param name="handler">Who gets the changes.</param>
/// <param name="space">Only changes of this namespace; null for all.</param>
/// <param name="delivery">What stands between here and the handler, ended with the subscription.</param>
/// <param name="from">Changes up to this version of the store are in the list.</param>
internal sealed class Subscription<T>(Action<ObjectChange<T>> handler, string? space, long from, IDisposable? delivery = null) : IDisposable
    where T : KubernetesObject
{
    private Queue<ObjectChange<T>>? _behindList;
    private IDisposable? _source;
    private bool _isDisposed;

    public void Dispose()
    {
        _isDisposed = true;
        _source?.Dispose();
        delivery?.Dispose();
    }

    /// <summary>Delivers the list and stays subscribed.</summary>
    internal Subscription<T> Start(Broadcast<ObjectChange<T>> source, IEnumerable<ObjectChange<T>> list, Action completed)
    {
        var waiting = new Queue<ObjectChange<T>>(list);
        _behindList = waiting;
        _source = source.Subscribe(Take, completed);
        while (!_isDisposed && waiting.TryDequeue(out ObjectChange<T> change))
        {
            handler(change);
        }

        _behindList = null;
        return this;
    }

    private void Take(ObjectChange<T> change)
    {
        if (change.Version <= from || (space is not null && change.Object.Metadata.Namespace != space))
        {
            return;
        }

        if (_behindList is null)
        {
            handler(change);
        }
        else
        {
            _behindList.Enqueue(change);
        }
    }
}
