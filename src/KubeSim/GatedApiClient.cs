using System.Diagnostics.CodeAnalysis;
using KubeSim.Api;

namespace KubeSim;

/// <summary>The API server as users call it: each call passes the gate, and what follows from it has happened when it returns.</summary>
internal sealed class GatedApiClient(CallGate gate, IApiClient server) : IApiClient
{
    /// <exception cref="ArgumentException">The object is null, or there is null in it where there must be something; the message names the field.</exception>
    internal static void ThrowIfIncomplete([NotNull] KubernetesObject? value, string parameter)
    {
        ArgumentNullException.ThrowIfNull(value, parameter);
        string? missing = value.Metadata is not { } meta ? "" : meta.Name is null ? ".Name" : meta.Namespace is null ? ".Namespace" : null;
        if (missing is not null)
        {
            throw new ArgumentException($"{parameter}.{nameof(value.Metadata)}{missing} is null.", parameter);
        }

        ObjectMapping.WriteComplete(value, parameter);
    }

    public T Get<T>(NamespacedName name)
        where T : KubernetesObject => gate.Ask(() => server.Get<T>(name));

    public T? Find<T>(NamespacedName name)
        where T : KubernetesObject => gate.Ask(() => server.Find<T>(name));

    public KubernetesObject? Find(ResourceType resource, NamespacedName name)
    {
        ArgumentNullException.ThrowIfNull(resource);
        return gate.Ask(() => server.Find(resource, name));
    }

    public IReadOnlyList<T> List<T>(ListOptions? options = null)
        where T : KubernetesObject => gate.Ask(() => server.List<T>(options));

    public IReadOnlyList<KubernetesObject> List(ResourceType resource, ListOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(resource);
        return gate.Ask(() => server.List(resource, options));
    }

    public IObservable<WatchEvent<T>> Watch<T>(ListOptions? options = null)
        where T : KubernetesObject => gate.Guard(server.Watch<T>(options));

    public IObservable<WatchEvent<KubernetesObject>> Watch(ResourceType resource, ListOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(resource);
        return gate.Guard(server.Watch(resource, options));
    }

    public T Create<T>(T value)
        where T : KubernetesObject => Write(value, server.Create);

    public T Replace<T>(T value)
        where T : KubernetesObject => Write(value, server.Replace);

    public T ReplaceStatus<T>(T value)
        where T : KubernetesObject => Write(value, server.ReplaceStatus);

    public T Patch<T>(NamespacedName name, JsonValue mergePatch)
        where T : KubernetesObject
    {
        ArgumentNullException.ThrowIfNull(mergePatch);
        return gate.Ask(() => server.Patch<T>(name, mergePatch));
    }

    public KubernetesObject Patch(ResourceType resource, NamespacedName name, JsonValue mergePatch)
    {
        ArgumentNullException.ThrowIfNull(resource);
        ArgumentNullException.ThrowIfNull(mergePatch);
        return gate.Ask(() => server.Patch(resource, name, mergePatch));
    }

    public void Delete<T>(NamespacedName name, DeleteOptions? options = null)
        where T : KubernetesObject => gate.Ask(() =>
        {
            server.Delete<T>(name, options);
            return true;
        });

    public void Delete(ResourceType resource, NamespacedName name, DeleteOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(resource);
        gate.Ask(() =>
        {
            server.Delete(resource, name, options);
            return true;
        });
    }

    private T Write<T>(T value, Func<T, T> write)
        where T : KubernetesObject
    {
        ThrowIfIncomplete(value, nameof(value));
        return gate.Ask(() => write(value));
    }
}
