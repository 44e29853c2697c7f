using KubeSim.Api;
using KubeSim.ApiServer;
using KubeSim.Simulation;

namespace KubeSim.Proxy;

/// <summary>
/// The Services, EndpointSlices and zones of Nodes that every kube-proxy watches. All watches bring the same changes in the same
/// order, so they are read once and each version is kept until the last kube-proxy has come to it, each with its own delay.
/// </summary>
internal sealed class ServiceFeed : IDisposable
{
    private readonly EventQueue _queue;
    private readonly ServiceTableBuilder _builder;
    private readonly Dictionary<string, string?> _zones = new(StringComparer.Ordinal);
    private readonly List<KubeProxy> _readers = [];
    private readonly IDisposable[] _subscriptions;
    private readonly bool _isListed;

    /// <summary>Reads the present objects, then follows every change.</summary>
    public ServiceFeed(KubeApiServer server, EventQueue queue, KubeProxyOptions options)
    {
        _queue = queue;
        _builder = new ServiceTableBuilder(options);
        Latest = new ServiceVersion(_builder, queue.Now);
        _subscriptions =
        [
            server.Subscribe<Node>(OnNode),
            server.Subscribe<Service>(OnService),
            server.Subscribe<EndpointSlice>(OnSlice),
        ];
        Latest = new ServiceVersion(_builder, queue.Now);
        _isListed = true;
    }

    /// <summary>What the API server says now.</summary>
    public ServiceVersion Latest { get; private set; }

    /// <summary>The zone of a Node, or null.</summary>
    public string? ZoneOf(string nodeName) => _zones.GetValueOrDefault(nodeName);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (IDisposable subscription in _subscriptions)
        {
            subscription.Dispose();
        }
    }

    internal void Add(KubeProxy reader) => _readers.Add(reader);

    internal void Remove(KubeProxy reader) => _readers.Remove(reader);

    private void OnService(ObjectChange<Service> change)
    {
        if (change.Type == WatchEventType.Deleted)
        {
            _builder.RemoveService(change.Object.Name);
        }
        else
        {
            _builder.Set(change.Object);
        }

        Publish();
    }

    private void OnSlice(ObjectChange<EndpointSlice> change)
    {
        if (change.Type == WatchEventType.Deleted)
        {
            _builder.RemoveSlice(change.Object.Name);
        }
        else
        {
            _builder.Set(change.Object);
        }

        Publish();
    }

    private void OnNode(ObjectChange<Node> change)
    {
        string name = change.Object.Metadata.Name;
        string? zone = change.Type == WatchEventType.Deleted ? null : change.Object.Metadata.Labels[WellKnownLabels.Zone];
        if (ZoneOf(name) == zone)
        {
            return;
        }

        _zones[name] = zone;
        foreach (KubeProxy reader in _readers)
        {
            if (reader.NodeName == name)
            {
                reader.ZoneChanged(zone);
            }
        }
    }

    private void Publish()
    {
        if (!_isListed || (ReferenceEquals(_builder.Table, Latest.Table) && !_builder.HasUdpChanges))
        {
            return;
        }

        var version = new ServiceVersion(_builder, _queue.Now);
        Latest.Next = version;
        Latest = version;
        foreach (KubeProxy reader in _readers)
        {
            reader.Note(version);
        }
    }
}
