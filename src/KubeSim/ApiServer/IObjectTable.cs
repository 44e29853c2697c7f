using KubeSim.Api;

namespace KubeSim.ApiServer;

/// <summary>The objects of one kind, for those who do not know which.</summary>
internal interface IObjectTable
{
    ResourceType Resource { get; }

    KubernetesObject? Find(NamespacedName name);

    /// <summary>In the order of namespaces and names; of one namespace or, for null, of all.</summary>
    IReadOnlyList<KubernetesObject> List(string? space);

    /// <summary>Those that are selected, in the same order. Nobody can change the list.</summary>
    IReadOnlyList<KubernetesObject> List(Selection selection);

    IReadOnlyList<KubernetesObject> OwnedBy(string uid);

    /// <summary>Stores an object, new or in the place of the old one, and tells the subscribers.</summary>
    void Put(KubernetesObject value, long version);

    /// <summary>Takes an object out and tells the subscribers its last state.</summary>
    void Remove(KubernetesObject last, long version);

    void Complete();

    /// <summary>A client's watch of these objects.</summary>
    IObservable<WatchEvent<KubernetesObject>> Watch(ObjectStore store, ListOptions? options);

    /// <summary>The present objects as additions, then every change.</summary>
    IDisposable Subscribe(Action<ObjectChange<KubernetesObject>> handler);
}
