using System.Reactive;
using KubeSim.Api;
using KubeSim.Simulation;

namespace KubeSim.ApiServer;

/// <summary>A client's watch of a kind that it does not name by a record type.</summary>
internal sealed class UntypedWatch<T>(WatchStream<T> watch) : IObservable<WatchEvent<KubernetesObject>>
    where T : KubernetesObject
{
    public IDisposable Subscribe(IObserver<WatchEvent<KubernetesObject>> observer)
    {
        Action<WatchEvent<KubernetesObject>> next = Broadcast<WatchEvent<KubernetesObject>>.HandlerOf(observer);
        return watch.Subscribe(Observer.Create<WatchEvent<T>>(change => next(new(change.Type, change.Object)), observer.OnError, observer.OnCompleted));
    }
}
