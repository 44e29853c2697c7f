using KubeSim.Api;
using KubeSim.Simulation;

namespace KubeSim.ApiServer;

/// <summary>The objects of one kind: by name, by namespace and by owner, with the changes that led here and those who want to hear of the next.</summary>
internal sealed class ObjectTable<T>(ResourceType resource, params IObjectIndex<T>[] indexes) : IObjectTable
    where T : KubernetesObject
{
    private readonly Dictionary<NamespacedName, Stored<T>> _places = [];
    private readonly SortedDictionary<string, OrderedObjects<T>> _namespaces = new(StringComparer.Ordinal);
    private readonly OwnerIndex<T> _owners = new();

    public ResourceType Resource => resource;

    /// <summary>The store's version of the last change of an object of this kind.</summary>
    internal long Version { get; private set; }

    internal Broadcast<ObjectChange<T>> Changes { get; } = new();

    internal ChangeWindow<T> Window { get; } = new();

    internal T? Find(NamespacedName name) => _places.TryGetValue(name, out Stored<T>? place) ? place.Value : null;

    internal T[] List(string? space) =>
        space is null ? ListAll() : _namespaces.TryGetValue(space, out OrderedObjects<T>? objects) ? objects.List(Version) : [];

    internal T[] OwnedBy(string uid) => _owners.List(uid, Version);

    public void Put(KubernetesObject value, long version)
    {
        var now = (T)value;
        Stored<T>? place = _places.GetValueOrDefault(now.Name);
        T? old = place?.Value;
        if (place is null)
        {
            place = new Stored<T>(now);
            _places.Add(now.Name, place);
            NamespaceOf(now).Add(place);
        }

        place.Value = now;
        Tell(place, old, now, new(old is null ? WatchEventType.Added : WatchEventType.Modified, now, old) { Version = version });
    }

    public void Remove(KubernetesObject last, long version)
    {
        if (!_places.Remove(last.Name, out Stored<T>? place))
        {
            throw new SimulationBugException($"{resource} {last.Name} is removed without being there.");
        }

        T old = place.Value!;
        place.Value = null;
        OrderedObjects<T> space = NamespaceOf(old);
        space.Remove();
        if (space.Count == 0)
        {
            _namespaces.Remove(old.Metadata.Namespace);
        }

        Tell(place, old, null, new(WatchEventType.Deleted, (T)last, old) { Version = version });
    }

    public IReadOnlyList<KubernetesObject> List(Selection selection) => selection.Of(List(selection.Namespace));

    public void Complete() => Changes.Complete();

    public IObservable<WatchEvent<KubernetesObject>> Watch(ObjectStore store, ListOptions? options) =>
        new UntypedWatch<T>(new WatchStream<T>(store, this, options));

    public IDisposable Subscribe(Action<ObjectChange<KubernetesObject>> handler) => Changes.Subscribe(
        ListAll().Select(static value => new ObjectChange<T>(WatchEventType.Added, value, null)),
        change => handler(new(change.Type, change.Object, change.Previous) { Version = change.Version }),
        static () => { });

    KubernetesObject? IObjectTable.Find(NamespacedName name) => Find(name);

    IReadOnlyList<KubernetesObject> IObjectTable.List(string? space) => List(space);

    IReadOnlyList<KubernetesObject> IObjectTable.OwnedBy(string uid) => OwnedBy(uid);

    /// <summary>Indexes and window first: whoever reads inside a handler sees the store as it is.</summary>
    private void Tell(Stored<T> place, T? old, T? now, ObjectChange<T> change)
    {
        Version = change.Version;
        _owners.Note(place, old, now);
        foreach (IObjectIndex<T> index in indexes)
        {
            index.Note(place, old, now);
        }

        Window.Add(change);
        Changes.Publish(change);
    }

    private OrderedObjects<T> NamespaceOf(T value)
    {
        if (!_namespaces.TryGetValue(value.Metadata.Namespace, out OrderedObjects<T>? objects))
        {
            _namespaces[value.Metadata.Namespace] = objects = new OrderedObjects<T>(static _ => true);
        }

        return objects;
    }

    private T[] ListAll()
    {
        var all = new T[_places.Count];
        int start = 0;
        foreach (OrderedObjects<T> space in _namespaces.Values)
        {
            T[] objects = space.List(Version);
            objects.CopyTo(all, start);
            start += objects.Length;
        }

        return all;
    }
}
