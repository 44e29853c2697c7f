using KubeSim.Api;

namespace KubeSim;

/// <summary>The API server as users call it: each call passes the gate, and what follows from it has happened when it returns.</summary>
internal sealed class GatedApiClient(CallGate gate, IApiClient server) : IApiClient
{
    public T Get<T>(NamespacedName name)
        where T : KubernetesObject => gate.Ask(() => server.Get<T>(name));

    public T? Find<T>(NamespacedName name)
        where T : KubernetesObject => gate.Ask(() => server.Find<T>(name));

    public KubernetesObject? Find(ResourceType resource, NamespacedName name) => gate.Ask(() => server.Find(resource, name));

    public IReadOnlyList<T> List<T>(ListOptions? options = null)
        where T : KubernetesObject => gate.Ask(() => server.List<T>(options));

    public IReadOnlyList<KubernetesObject> List(ResourceType resource, ListOptions? options = null) => gate.Ask(() => server.List(resource, options));

    public IObservable<WatchEvent<T>> Watch<T>(ListOptions? options = null)
        where T : KubernetesObject => gate.Guard(server.Watch<T>(options));

    public T Create<T>(T value)
        where T : KubernetesObject => gate.Ask(() => server.Create(value));

    public T Replace<T>(T value)
        where T : KubernetesObject => gate.Ask(() => server.Replace(value));

    public T ReplaceStatus<T>(T value)
        where T : KubernetesObject => gate.Ask(() => server.ReplaceStatus(value));

    public T Patch<T>(NamespacedName name, JsonValue mergePatch)
        where T : KubernetesObject => gate.Ask(() => server.Patch<T>(name, mergePatch));

    public void Delete<T>(NamespacedName name, DeleteOptions? options = null)
        where T : KubernetesObject => gate.Ask(() =>
        {
            server.Delete<T>(name, options);
            return true;
        });

    public void Delete(ResourceType resource, NamespacedName name, DeleteOptions? options = null) => gate.Ask(() =>
    {
        server.Delete(resource, name, options);
        return true;
    });
}
