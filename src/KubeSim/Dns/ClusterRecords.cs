using KubeSim.Addressing;
using KubeSim.Api;
using KubeSim.ApiServer;

namespace KubeSim.Dns;

/// <summary>What the server knows of the cluster, by name and by address, kept up with the watches; each change touches one Service.</summary>
internal sealed class ClusterRecords
{
    /// <summary>Says to which Service a slice belongs.</summary>
    private const string ServiceNameLabel = "kubernetes.io/service-name";

    private readonly Dictionary<string, NamespaceRecords> _namespaces = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<IpAddress, ServiceRecords> _byClusterIP = [];
    private EndpointAddressIndex? _byEndpoint;

    /// <summary>How many changes there were that DNS can see: readiness, addresses, names and ports, not labels or what is not ready.</summary>
    public long VisibleChanges { get; private set; }

    /// <summary>The Pods, where the server watches them.</summary>
    public PodRecords Pods { get; } = new();

    /// <summary>The namespaces known, in ascending order.</summary>
    public IReadOnlyList<NamespaceRecords> Namespaces => [.. _namespaces.Values.OrderBy(space => space.Name, StringComparer.Ordinal)];

    /// <summary>The namespace, or what is known of it; null where nothing is.</summary>
    public NamespaceRecords? FindNamespace(ReadOnlySpan<char> name) =>
        _namespaces.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name, out NamespaceRecords? records) ? records : null;

    public ServiceRecords? FindByClusterIP(IpAddress address) => _byClusterIP.GetValueOrDefault(address);

    /// <summary>The Services that have the address among their endpoints, ready or not, in order of their names. The first call makes the index.</summary>
    public IReadOnlyList<ServiceRecords> FindByEndpoint(IpAddress address) => (_byEndpoint ??= new(_namespaces.Values)).Find(address);

    public void Apply(in ObjectChange<Namespace> change)
    {
        NamespaceRecords space = Touch(change.Object.Metadata.Name);
        space.Exists = change.Type != WatchEventType.Deleted;
        DropIfEmpty(space);
    }

    public void Apply(in ObjectChange<Service> change)
    {
        NamespaceRecords space = Touch(change.Object.Metadata.Namespace);
        ServiceRecords records = space.Touch(change.Object.Metadata.Name);
        Service? next = change.Type == WatchEventType.Deleted ? null : change.Object;
        if (VisibleChange.Between(records.Service, next))
        {
            VisibleChanges++;
        }

        foreach (IpAddress address in records.ClusterIPs)
        {
            if (_byClusterIP.GetValueOrDefault(address) == records)
            {
                _byClusterIP.Remove(address);
            }
        }

        records.Set(next);
        foreach (IpAddress address in records.ClusterIPs)
        {
            _byClusterIP[address] = records;
        }

        DropIfEmpty(space, records);
    }

    public void Apply(in ObjectChange<EndpointSlice> change)
    {
        EndpointSlice? previous = change.Previous ?? (change.Type == WatchEventType.Deleted ? change.Object : null);
        EndpointSlice? next = change.Type == WatchEventType.Deleted ? null : change.Object;
        NamespacedName? before = ServiceOf(previous);
        NamespacedName? after = ServiceOf(next);
        if (before != after)
        {
            Replace(before, previous, null);
            Replace(after, null, next);
        }
        else
        {
            Replace(after, previous, next);
        }
    }

    private static NamespacedName? ServiceOf(EndpointSlice? slice) =>
        slice?.Metadata.Labels[ServiceNameLabel] is { Length: > 0 } service ? new(slice.Metadata.Namespace, service) : null;

    private void Replace(NamespacedName? service, EndpointSlice? previous, EndpointSlice? next)
    {
        if (service is not { } name || (previous is null && next is null))
        {
            return;
        }

        NamespaceRecords space = Touch(name.Namespace);
        ServiceRecords records = space.Touch(name.Name);
        if (VisibleChange.Between(previous, next))
        {
            VisibleChanges++;
        }

        _byEndpoint?.Replace(records, previous, next);
        if (next is not null)
        {
            records.Set(next);
        }
        else
        {
            records.Remove(previous!);
        }

        DropIfEmpty(space, records);
    }

    private NamespaceRecords Touch(string name)
    {
        if (!_namespaces.TryGetValue(name, out NamespaceRecords? space))
        {
            _namespaces.Add(name, space = new NamespaceRecords(name));
        }

        return space;
    }

    private void DropIfEmpty(NamespaceRecords space, ServiceRecords? records = null)
    {
        if (records is { IsEmpty: true })
        {
            space.Drop(records);
        }

        if (space.IsEmpty)
        {
            _namespaces.Remove(space.Name);
        }
    }
}
