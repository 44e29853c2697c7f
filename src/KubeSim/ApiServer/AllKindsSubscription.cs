using KubeSim.Api;

namespace KubeSim.ApiServer;

/// <summary>A subscriber to the objects of every kind: one subscription for each kind, and for each that comes up.</summary>
internal sealed class AllKindsSubscription : IDisposable
{
    private readonly List<IDisposable> _subscriptions = [];

    internal AllKindsSubscription(ObjectStore store, Action<ObjectChange<KubernetesObject>> handler)
    {
        _subscriptions.Add(store.NewTables.Subscribe(table => _subscriptions.Add(table.Subscribe(handler))));
        foreach (IObjectTable table in store.Tables.ToArray())
        {
            _subscriptions.Add(table.Subscribe(handler));
        }
    }

    public void Dispose()
    {
        foreach (IDisposable subscription in _subscriptions)
        {
            subscription.Dispose();
        }
    }
}
