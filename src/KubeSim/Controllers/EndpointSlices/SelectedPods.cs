using KubeSim.Api;
using KubeSim.ApiServer;

namespace KubeSim.Controllers.EndpointSlices;

/// <summary>
/// Services, Pods and Nodes as the controllers of endpoints know them, and which Pod belongs to which Service: found by labels,
/// so that a change of a Pod costs nothing for the Services that do not select it.
/// </summary>
internal sealed class SelectedPods : IDisposable
{
    private readonly KubeApiServer _server;
    private readonly WatchScope _scope;
    private readonly SelectorIndex _selectors = new();
    private readonly PodLabelIndex _pods = new();
    private readonly Dictionary<string, Node> _nodes = new(StringComparer.Ordinal);
    private readonly List<ISelectionListener> _listeners = [];
    private readonly List<IDisposable> _subscriptions = [];
    private SortedDictionary<string, double>? _shares;
    private int _sharesVersion = -1;

    public SelectedPods(KubeApiServer server, TimeSpan watchDelay = default)
    {
        _server = server;
        _scope = new WatchScope { Delay = watchDelay };
    }

    /// <summary>Counts changes of what Nodes say of zones.</summary>
    public int ZonesVersion { get; private set; }

    /// <summary>What the zones have of the processors; null where Nodes do not say enough.</summary>
    public SortedDictionary<string, double>? ZoneShares
    {
        get
        {
            if (_sharesVersion != ZonesVersion)
            {
                _shares = EndpointSlices.ZoneShares.Of(_nodes.Values.OrderBy(node => node.Metadata.Name, StringComparer.Ordinal));
                _sharesVersion = ZonesVersion;
            }

            return _shares;
        }
    }

    /// <summary>Reads the present objects, then follows every change. The listeners must be there before.</summary>
    public void Start()
    {
        _subscriptions.Add(_server.Subscribe<Node>(OnNode, _scope));
        _subscriptions.Add(_server.Subscribe<Service>(OnService, _scope));
        _subscriptions.Add(_server.Subscribe<Pod>(OnPod, _scope));
    }

    /// <inheritdoc/>
    public void Dispose() => _subscriptions.ForEach(subscription => subscription.Dispose());

    public void Add(ISelectionListener listener) => _listeners.Add(listener);

    public Service? FindService(NamespacedName name) => _selectors.Find(name)?.Service;

    public Node? FindNode(string name) => _nodes.GetValueOrDefault(name);

    /// <summary>The Pods that a Service selects, in the order of their names.</summary>
    public List<Pod> PodsOf(Service service) => _pods.Matching(service.Metadata.Namespace, service.Spec.Selector);

    private void OnNode(ObjectChange<Node> change)
    {
        string name = change.Object.Metadata.Name;
        Node? before = _nodes.GetValueOrDefault(name);
        if (change.Type == WatchEventType.Deleted)
        {
            _nodes.Remove(name);
        }
        else
        {
            _nodes[name] = change.Object;
        }

        if (before is null || change.Type == WatchEventType.Deleted || EndpointSlices.ZoneShares.AreTouched(before, change.Object))
        {
            ZonesVersion++;
        }

        if (before is null)
        {
            _listeners.ForEach(listener => listener.NodeAdded());
        }
    }

    private void OnService(ObjectChange<Service> change)
    {
        if (change.Type == WatchEventType.Deleted)
        {
            _selectors.Remove(change.Object.Name);
        }
        else
        {
            _selectors.Set(change.Object);
        }

        foreach (ISelectionListener listener in _listeners)
        {
            listener.ServiceChanged(change.Object.Name);
        }
    }

    private void OnPod(ObjectChange<Pod> change)
    {
        Pod pod = change.Object;
        Pod? now = change.Type == WatchEventType.Deleted ? null : pod;
        PodEntry entry = _pods.Set(pod.Name, now, out Pod? before);
        SelectedService[] previous = before is null ? [] : ServicesOf(entry, before);
        PodChange counts = before is null || now is null ? PodChange.Endpoint : PodChanges.Of(before, now);
        if (now is null || before is null || before.Metadata.Labels != now.Metadata.Labels)
        {
            entry.Services = null;
        }

        SelectedService[] present = now is null ? [] : ServicesOf(entry, now);
        foreach (SelectedService service in present)
        {
            bool wasThere = ReferenceEquals(previous, present) || Array.IndexOf(previous, service) >= 0;
            Tell(service, pod.Metadata.Name, now, counts == PodChange.Endpoint || (counts == PodChange.Labels && !wasThere));
        }

        foreach (SelectedService service in previous)
        {
            if (!ReferenceEquals(previous, present) && Array.IndexOf(present, service) < 0)
            {
                Tell(service, pod.Metadata.Name, null, true);
            }
        }
    }

    private SelectedService[] ServicesOf(PodEntry entry, Pod pod)
    {
        if (entry.Services is null || entry.SelectorsVersion != _selectors.Version)
        {
            entry.Services = _selectors.Matching(pod.Metadata.Namespace, pod.Metadata.Labels);
            entry.SelectorsVersion = _selectors.Version;
        }

        return entry.Services;
    }

    private void Tell(SelectedService service, string pod, Pod? now, bool counts)
    {
        foreach (ISelectionListener listener in _listeners)
        {
            listener.PodChanged(service.Name, pod, now, counts);
        }
    }
}
