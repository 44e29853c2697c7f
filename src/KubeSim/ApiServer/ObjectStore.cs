using System.Globalization;
using KubeSim.Api;
using KubeSim.Simulation;

namespace KubeSim.ApiServer;

/// <summary>Every object of the cluster, with one version for all: the only truth there is.</summary>
internal sealed class ObjectStore(RunLog log)
{
    private readonly Dictionary<ResourceType, IObjectTable> _tables = [];
    private readonly SortedDictionary<string, IObjectTable> _ordered = new(StringComparer.Ordinal);
    private StagedWrites? _staged;

    /// <summary>How many changes there have been.</summary>
    internal long Version { get; private set; }

    internal NodeIndex PodsByNode { get; } = new();

    /// <summary>Tables of kinds of which there had been nothing yet.</summary>
    internal Broadcast<IObjectTable> NewTables { get; } = new();

    /// <summary>The tables that exist, in the order of their resources' names.</summary>
    internal IEnumerable<IObjectTable> Tables => _ordered.Values;

    internal ObjectTable<T> Table<T>()
        where T : KubernetesObject => (ObjectTable<T>)Table(KnownResources.Of<T>());

    /// <summary>Whether another kind has the resource's name.</summary>
    internal bool HasRivalOf(ResourceType resource)
    {
        string name = NameOf(resource);
        return (_ordered.TryGetValue(name, out IObjectTable? table) && !table.Resource.Equals(resource))
            || (_staged is not null && !KnownResources.IsServed(resource) && _staged.Writes.Any(write => NameOf(write.Value.Resource) == name && !write.Value.Resource.Equals(resource)));
    }

    internal IObjectTable Table(ResourceType resource)
    {
        if (!_tables.TryGetValue(resource, out IObjectTable? table))
        {
            table = NewTable(resource);
            _tables.Add(resource, table);
            _ordered.Add(NameOf(resource), table);
            NewTables.Publish(table);
        }

        return table;
    }

    private static string NameOf(ResourceType resource) => $"{resource.QualifiedPlural}/{resource.Version}";

    internal KubernetesObject? Find(ResourceType resource, NamespacedName name) =>
        _staged is not null && _staged.TryFind(resource, name, out KubernetesObject? staged) ? staged
        : _tables.TryGetValue(resource, out IObjectTable? table) ? table.Find(name) : null;

    /// <summary>Gives the object the next version, stores it and tells whoever watches.</summary>
    internal KubernetesObject Put(KubernetesObject value) => Write(value, isRemoval: false);

    /// <summary>Takes the object out; its last state gets the version of the deletion.</summary>
    internal KubernetesObject Remove(KubernetesObject value) => Write(value, isRemoval: true);

    /// <summary>From here on writes wait for <see cref="Commit"/>.</summary>
    internal void Begin()
    {
        Invariant.Hold(_staged is null, "A batch of writes begins inside another.");
        _staged = new StagedWrites(Version);
    }

    /// <summary>Makes the writes of the batch, in their order.</summary>
    internal void Commit()
    {
        IReadOnlyList<StagedWrite> writes = _staged!.Writes;
        _staged = null;
        foreach (StagedWrite write in writes)
        {
            Carry(write);
        }
    }

    /// <summary>Forgets the batch as if it had never been; returns what it would have written.</summary>
    internal IReadOnlyList<StagedWrite> Abandon()
    {
        StagedWrites staged = _staged!;
        _staged = null;
        Version = staged.VersionBefore;
        return staged.Writes;
    }

    internal void Complete()
    {
        foreach (IObjectTable table in Tables)
        {
            table.Complete();
        }
    }

    private KubernetesObject WithNextVersion(KubernetesObject value) =>
        value with { Metadata = value.Metadata with { ResourceVersion = (++Version).ToString(CultureInfo.InvariantCulture) } };

    private KubernetesObject Write(KubernetesObject value, bool isRemoval)
    {
        KubernetesObject? before = _staged is null ? null : Find(value.Resource, value.Name);
        value = WithNextVersion(value);
        var write = new StagedWrite(before, value, Version, isRemoval);
        if (_staged is null)
        {
            Carry(write);
        }
        else
        {
            _staged.Add(write);
        }

        return value;
    }

    private void Carry(in StagedWrite write)
    {
        KubernetesObject value = write.Value;
        IObjectTable table = Table(value.Resource);
        log.Write("kube-apiserver", $"{(write.IsRemoval ? "remove" : "put")} {value.Resource.QualifiedPlural} {value.Metadata.Namespace}/{value.Metadata.Name} {write.Version}");
        if (write.IsRemoval)
        {
            table.Remove(value, write.Version);
        }
        else
        {
            table.Put(value, write.Version);
        }
    }

    private IObjectTable NewTable(ResourceType resource)
    {
        if (resource.Equals(ResourceType.Pod))
        {
            var pods = new ObjectTable<Pod>(resource, PodsByNode);
            pods.Changes.Subscribe(PodsByNode.Route);
            return pods;
        }

        return resource switch
        {
            _ when resource.Equals(ResourceType.Service) => new ObjectTable<Service>(resource),
            _ when resource.Equals(ResourceType.Endpoints) => new ObjectTable<Endpoints>(resource),
            _ when resource.Equals(ResourceType.EndpointSlice) => new ObjectTable<EndpointSlice>(resource),
            _ when resource.Equals(ResourceType.Node) => new ObjectTable<Node>(resource),
            _ when resource.Equals(ResourceType.Namespace) => new ObjectTable<Namespace>(resource),
            _ when resource.Equals(ResourceType.Deployment) => new ObjectTable<Deployment>(resource),
            _ when resource.Equals(ResourceType.ReplicaSet) => new ObjectTable<ReplicaSet>(resource),
            _ => new ObjectTable<UnstructuredObject>(resource),
        };
    }
}
