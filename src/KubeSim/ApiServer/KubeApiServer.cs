using System.Reactive;
using KubeSim.Api;
using KubeSim.ApiServer.Patching;
using KubeSim.Simulation;

namespace KubeSim.ApiServer;

/// <summary>The API server: what clients may ask of the store, and what components of the control plane may ask beyond that.</summary>
internal sealed class KubeApiServer : IApiClient, IDisposable
{
    private readonly VirtualClock _clock;
    private readonly ObjectStore _store;
    private readonly Admission _admission;
    private readonly Subscriptions _subscriptions;
    private readonly ObjectCreation _creation;
    private readonly ObjectUpdate _update;
    private readonly ObjectDeletion _deletion;

    public KubeApiServer(EventQueue queue, VirtualClock clock, DeterministicRandom random, RunLog log, ApiServerOptions options)
    {
        _admission = new Admission(options, random.Fork("admission"));
        _clock = clock;
        _store = new ObjectStore(log);
        _subscriptions = new Subscriptions(_store, queue);
        _creation = new ObjectCreation(_store, _admission, new Identities(random.Fork("identities")), clock);
        _deletion = new ObjectDeletion(_store, _admission, clock);
        _update = new ObjectUpdate(_store, _admission, _deletion);
        foreach (string name in NamespaceRules.FromTheStart)
        {
            Create(new Namespace { Metadata = new() { Name = name } });
        }
    }

    /// <summary>The time at which the server dates what it writes.</summary>
    internal VirtualClock Clock => _clock;

    /// <summary>The store's version: that of the last change of any object.</summary>
    internal long Version => _store.Version;

    public T Get<T>(NamespacedName name)
        where T : KubernetesObject => Find<T>(name) ?? throw Refusal.NotFound(KnownResources.Of<T>(), name.Name);

    public T? Find<T>(NamespacedName name)
        where T : KubernetesObject => _store.Table<T>().Find(Placed(KnownResources.Of<T>(), name));

    public KubernetesObject? Find(ResourceType resource, NamespacedName name) => _store.Find(resource, Placed(resource, name));

    public IReadOnlyList<T> List<T>(ListOptions? options = null)
        where T : KubernetesObject => (IReadOnlyList<T>)List(KnownResources.Of<T>(), options);

    public IReadOnlyList<KubernetesObject> List(ResourceType resource, ListOptions? options = null)
    {
        var selection = new Selection(resource, options);
        return resource.Equals(ResourceType.Pod) && selection.NodeName is { } node
            ? selection.Of(PodsOnNode(node))
            : _store.Table(resource).List(selection);
    }

    public IObservable<WatchEvent<T>> Watch<T>(ListOptions? options = null)
        where T : KubernetesObject => new WatchStream<T>(_store, _store.Table<T>(), options);

    public IObservable<WatchEvent<KubernetesObject>> Watch(ResourceType resource, ListOptions? options = null) =>
        KnownResources.MayBeServed(resource) && !_store.HasRivalOf(resource) ? _store.Table(resource).Watch(_store, options) : throw Refusal.NoSuchKind(resource);

    public T Create<T>(T value)
        where T : KubernetesObject => (T)_creation.Create(value);

    public T Replace<T>(T value)
        where T : KubernetesObject
    {
        NamespacedName name = Placed(value.Resource, value.Name);
        return _store.Find(value.Resource, name) is { } old ? (T)_update.Replace(old, value)
            : ObjectUpdate.MayCreate(value.Resource) ? (T)_creation.Create(value with { Metadata = value.Metadata with { ResourceVersion = null } })
            : throw Refusal.NotFound(value.Resource, name.Name);
    }

    public T ReplaceStatus<T>(T value)
        where T : KubernetesObject => (T)_update.ReplaceStatus(Existing(value.Resource, value.Name), value);

    public T Patch<T>(NamespacedName name, JsonValue mergePatch)
        where T : KubernetesObject => (T)_update.Patch(Existing(KnownResources.Of<T>(), name), new ObjectPatch(PatchType.Merge, mergePatch));

    /// <summary>Changes the fields of an object of a resource that the patch names; a patch that changes nothing returns the stored instance.</summary>
    public KubernetesObject Patch(ResourceType resource, NamespacedName name, JsonValue mergePatch) =>
        _update.Patch(Existing(resource, name), new ObjectPatch(PatchType.Merge, mergePatch));

    /// <summary>The resource that a predicate picks: one of the server's own groups first, else one that is stored.</summary>
    internal ResourceType? FindResource(Predicate<ResourceType> isMeant)
    {
        if (Array.Find(KnownResources.Served, isMeant) is { } served)
        {
            return served;
        }

        foreach (IObjectTable table in _store.Tables)
        {
            if (isMeant(table.Resource))
            {
                return table.Resource;
            }
        }

        return null;
    }

    /// <summary>Makes several changes as one: all, or none where one is refused. Nobody hears of any before all are accepted.</summary>
    /// <param name="changes">Creates, replaces and patches objects, and reads them by resource and name.</param>
    internal TResult AllOrNothing<TResult>(Func<TResult> changes)
    {
        TResult result;
        bool isAccepted = false;
        _store.Begin();
        try
        {
            result = changes();
            isAccepted = true;
        }
        finally
        {
            if (!isAccepted)
            {
                foreach (StagedWrite write in _store.Abandon().Reverse())
                {
                    _admission.Undo(write);
                }
            }
        }

        _store.Commit();
        return result;
    }

    /// <summary>What changes would come to, without making them. Nobody hears of them.</summary>
    internal TResult DryRun<TResult>(Func<TResult> changes)
    {
        _store.Begin();
        try
        {
            return changes();
        }
        finally
        {
            foreach (StagedWrite write in _store.Abandon().Reverse())
            {
                _admission.Undo(write);
            }
        }
    }

    /// <summary>Changes an object as a patch says.</summary>
    /// <param name="old">The object.</param>
    /// <param name="patch">The change.</param>
    /// <param name="isStatus">Whether only the status is meant.</param>
    /// <param name="onUnknown">Hears of the fields that Kubernetes does not know before anything is stored.</param>
    internal KubernetesObject Patch(KubernetesObject old, ObjectPatch patch, bool isStatus, Action<IReadOnlyList<UnknownField>> onUnknown)
    {
        var unknown = new List<UnknownField>();
        KubernetesObject patched = ObjectUpdate.Patched(old, patch, unknown);
        onUnknown(unknown);
        return isStatus ? _update.ReplaceStatus(old, patched) : _update.Replace(old, patched);
    }

    /// <summary>Deletes an object; the object as it is then, gone or only marked.</summary>
    internal KubernetesObject Remove(KubernetesObject old, DeleteOptions options) => _deletion.Delete(old, options);

    public void Delete<T>(NamespacedName name, DeleteOptions? options = null)
        where T : KubernetesObject => Delete(KnownResources.Of<T>(), name, options);

    public void Delete(ResourceType resource, NamespacedName name, DeleteOptions? options = null) =>
        _deletion.Delete(Existing(resource, name), options ?? new DeleteOptions());

    /// <summary>
    /// The present objects as additions, in key order and before this returns (later where the scope says so), then every change once and in order.
    /// A change made by a handler reaches everybody after the present one.
    /// </summary>
    internal IDisposable Subscribe<T>(Action<ObjectChange<T>> handler, WatchScope scope = default)
        where T : KubernetesObject => _subscriptions.Add(handler, scope);

    /// <summary>The same for objects of every kind, also of kinds that come up later; the order holds within a kind.</summary>
    internal IDisposable SubscribeToAll(Action<ObjectChange<KubernetesObject>> handler) => new AllKindsSubscription(_store, handler);

    /// <summary>A watch of a resource; what it says comes to the handler.</summary>
    /// <exception cref="ApiException">As for a watch of a kind.</exception>
    internal IDisposable Watch(ResourceType resource, ListOptions options, Action<WatchEventType, KubernetesObject> handler) => _store.Table(resource).Watch(_store, options).Subscribe(Observer.Create<WatchEvent<KubernetesObject>>(change => handler(change.Type, change.Object)));

    /// <summary>The Pods that are bound to a node, in the order of their names. Costs nothing while no Pod has changed.</summary>
    internal Pod[] PodsOnNode(string node) => _store.PodsByNode.List(node, _store.Table<Pod>().Version);

    /// <summary>The objects of one kind that name an owner, in the order of their names.</summary>
    internal T[] OwnedBy<T>(string uid)
        where T : KubernetesObject => _store.Table<T>().OwnedBy(uid);

    /// <summary>The objects of every kind that name an owner, in the order of their resources and names.</summary>
    internal IReadOnlyList<KubernetesObject> OwnedBy(string uid)
    {
        var owned = new List<KubernetesObject>();
        foreach (IObjectTable table in _store.Tables)
        {
            owned.AddRange(table.OwnedBy(uid));
        }

        return owned;
    }

    /// <summary>The objects of one kind in a namespace, in the order of their names. The same list while no object of the kind has changed; not to be changed.</summary>
    internal T[] InNamespace<T>(string space)
        where T : KubernetesObject => _store.Table<T>().List(space);

    /// <summary>Everything in a namespace, in the order of resources and names.</summary>
    internal IReadOnlyList<KubernetesObject> InNamespace(string space)
    {
        var objects = new List<KubernetesObject>();
        foreach (IObjectTable table in _store.Tables)
        {
            if (table.Resource.IsNamespaced)
            {
                objects.AddRange(table.List(space));
            }
        }

        return objects;
    }

    /// <summary>Puts a Pod on a node, with the condition PodScheduled and the labels that say where the node is.</summary>
    /// <exception cref="ApiException">404: no such Pod; 409: it has a node, or is being deleted.</exception>
    internal Pod Bind(NamespacedName name, string nodeName)
    {
        var pod = (Pod)Existing(ResourceType.Pod, name);
        return (Pod)_update.Store(pod, PodBinding.Bind(_store, _clock, pod, nodeName));
    }

    /// <summary>Says that a terminating namespace is empty; it goes when nobody else holds it.</summary>
    internal void FinalizeNamespace(string space)
    {
        var old = (Namespace)Existing(ResourceType.Namespace, new("", space));
        _update.Store(old, old with { Spec = old.Spec with { Finalizers = [] } });
    }

    /// <summary>Replaces a namespace with who holds it, all but its status.</summary>
    internal Namespace Finalize(Namespace value)
    {
        return (Namespace)_update.Finalize((Namespace)Existing(ResourceType.Namespace, value.Name), value);
    }

    /// <summary>Completes every watch.</summary>
    public void Dispose() => _store.Complete();

    private static NamespacedName Placed(ResourceType resource, NamespacedName name) =>
        !resource.IsNamespaced ? new("", name.Name) : string.IsNullOrEmpty(name.Namespace) ? new(NamespaceRules.Default, name.Name) : name;

    private KubernetesObject Existing(ResourceType resource, NamespacedName name) =>
        _store.Find(resource, Placed(resource, name)) ?? throw Refusal.NotFound(resource, name.Name);
}
