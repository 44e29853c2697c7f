using System.Reactive.Disposables;
using KubeSim.Api;
using KubeSim.Simulation;

namespace KubeSim.ApiServer;

/// <summary>How components subscribe to the store: the present objects, then every change, where and when their scope says.</summary>
internal sealed class Subscriptions(ObjectStore store, EventQueue queue)
{
    internal IDisposable Add<T>(Action<ObjectChange<T>> handler, WatchScope scope)
        where T : KubernetesObject
    {
        ObjectTable<T> table = store.Table<T>();
        T[] present = scope.NodeName is null ? table.List(scope.Namespace) : (T[])(object)store.PodsByNode.List(scope.NodeName, table.Version);
        Broadcast<ObjectChange<T>> source = scope.NodeName is null ? table.Changes : (Broadcast<ObjectChange<T>>)(object)store.PodsByNode.ChangesOn(scope.NodeName);
        DelayedDelivery<T>? delayed = scope.Delay > TimeSpan.Zero ? new DelayedDelivery<T>(queue, scope.Delay, handler) : null;
        handler = delayed is null ? handler : delayed.Add;

        // What waits behind a delivery under way is in the list already, but reaches the nodes' subscribers only later.
        bool mayBeTold = scope.NodeName is not null && table.Changes.IsDelivering;
        Action<ObjectChange<T>> wanted = scope.Namespace is null && !mayBeTold ? handler : new ChangeFilter<T>(handler, scope.Namespace, store.Version).Take;
        IDisposable subscription = source.Subscribe(present.Select(static value => new ObjectChange<T>(WatchEventType.Added, value, null)), wanted, static () => { });
        return delayed is null ? subscription : StableCompositeDisposable.Create(subscription, delayed);
    }
}
