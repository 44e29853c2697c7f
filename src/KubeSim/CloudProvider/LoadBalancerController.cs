using KubeSim.Addressing;
using KubeSim.Api;
using KubeSim.ApiServer;
using KubeSim.Collections;
using KubeSim.Dataplane;
using KubeSim.Simulation;

namespace KubeSim.CloudProvider;

/// <summary>
/// The cloud's part in Services of type LoadBalancer: an address from the pool, kept for the Service's life; the device that answers on it
/// and sends to the nodes; the Service's finalizer and status. The device keeps the destination address (ipMode VIP).
/// </summary>
/// <source>kubernetes v1.36, cloud-provider/controllers/service/controller.go; addresses are chosen as MetalLB does</source>
internal sealed class LoadBalancerController : IDisposable
{
    private const string Component = "service-lb-controller";
    private const string ServiceNameLabel = "kubernetes.io/service-name";

    private readonly KubeApiServer _server;
    private readonly Network _network;
    private readonly RunLog _log;
    private readonly AddressPool _pool;
    private readonly MemberNodes _nodes = new();
    private readonly Dictionary<NamespacedName, ServiceLoadBalancer> _services = [];
    private readonly Dictionary<NamespacedName, LocalEndpoints> _endpoints = [];
    private readonly SortedSet<NamespacedName> _pending = [];
    private readonly WorkSet<NamespacedName> _work;
    private readonly IDisposable[] _subscriptions;
    private LoadBalancerTable _table = LoadBalancerTable.Empty;

    /// <param name="server">Where Services, Nodes and EndpointSlices come from and status goes.</param>
    /// <param name="network">Where load balancers are installed.</param>
    /// <param name="queue">Virtual time.</param>
    /// <param name="log">Gets a line for each load balancer that comes, goes or cannot be made.</param>
    /// <param name="pool">The addresses that can be given; without any there is no provider, and Services stay as they are.</param>
    /// <param name="watchDelay">From a change in the server to the provider's learning of it.</param>
    public LoadBalancerController(KubeApiServer server, Network network, EventQueue queue, RunLog log, AddressPool pool, TimeSpan watchDelay)
    {
        _server = server;
        _network = network;
        _log = log;
        _pool = pool;
        _work = new WorkSet<NamespacedName>(queue, TimeSpan.Zero, Reconcile);
        var scope = new WatchScope { Delay = watchDelay };
        _subscriptions = pool.IsEmpty ? [] : [server.Subscribe<Node>(OnNode, scope), server.Subscribe<EndpointSlice>(OnSlice, scope), server.Subscribe<Service>(OnService, scope)];
    }

    /// <summary>Why a Service's external address is pending; null where it has one, or is to have none.</summary>
    public PendingReason? WhyPending(Service service)
    {
        if (service.Spec.Type != ServiceType.LoadBalancer || !service.Status.LoadBalancer.Ingress.IsEmpty)
        {
            return null;
        }

        return service.Spec.LoadBalancerClass is { } other ? PendingReason.OtherClass(other)
            : _pool.IsEmpty ? PendingReason.NoProvider
            : _services.GetValueOrDefault(service.Name)?.Pending ?? PendingReason.NotLookedAt;
    }

    public void Dispose()
    {
        for (int i = _subscriptions.Length - 1; i >= 0; i--)
        {
            _subscriptions[i].Dispose();
        }
    }

    private void OnNode(ObjectChange<Node> change)
    {
        if (_nodes.Apply(change.Object.Metadata.Name, change.Type == WatchEventType.Deleted ? null : change.Object))
        {
            foreach (NamespacedName service in _services.Keys)
            {
                _work.Note(service);
            }
        }
    }

    private void OnSlice(ObjectChange<EndpointSlice> change)
    {
        if (change.Object.Metadata.Labels[ServiceNameLabel] is not { } name)
        {
            return;
        }

        var service = new NamespacedName(change.Object.Metadata.Namespace, name);
        LocalEndpoints endpoints = EndpointsOf(service);
        if (endpoints.Apply(change.Object.Metadata.Name, change.Type == WatchEventType.Deleted ? null : change.Object))
        {
            _work.Note(service);
        }

        if (endpoints.IsEmpty)
        {
            _endpoints.Remove(service);
        }
    }

    private void OnService(ObjectChange<Service> change)
    {
        NamespacedName name = change.Object.Name;
        if (!_services.TryGetValue(name, out ServiceLoadBalancer? balancer))
        {
            if (change.Type == WatchEventType.Deleted || (!LoadBalancerReconciler.Wants(change.Object) && !LoadBalancerReconciler.NeedsCleanup(change.Object)))
            {
                return;
            }

            _services.Add(name, balancer = new ServiceLoadBalancer { Uid = change.Object.Metadata.Uid, Addresses = Held(change.Object) });
        }

        balancer.Service = change.Type == WatchEventType.Deleted ? null : change.Object;
        _work.Note(name);
    }

    private void Reconcile(NamespacedName name)
    {
        if (!_services.TryGetValue(name, out ServiceLoadBalancer? balancer))
        {
            return;
        }

        Service? service = balancer.Service;
        if (service?.Metadata.Uid != balancer.Uid)
        {
            Remove(name, balancer);
            balancer.Uid = service?.Metadata.Uid;
        }

        if (service is null)
        {
            _services.Remove(name);
        }
        else if (LoadBalancerReconciler.Wants(service))
        {
            Ensure(name, balancer);
        }
        else
        {
            CleanUp(name, balancer);
        }
    }

    private void Ensure(NamespacedName name, ServiceLoadBalancer balancer)
    {
        if (Current(name, balancer) is not { } current || !LoadBalancerReconciler.Wants(current))
        {
            return;
        }

        if (!LoadBalancerReconciler.HasFinalizer(current))
        {
            current = _server.Replace(LoadBalancerReconciler.WithFinalizer(current));
        }

        EquatableArray<IpAddress> before = balancer.Addresses;
        AddressAssignment assignment = AddressAssignment.Make(_pool, current, before);
        balancer.Addresses = assignment.Addresses;
        if (assignment.Pending is null)
        {
            _pending.Remove(name);
        }
        else
        {
            _pending.Add(name);
            if (assignment.Pending != balancer.Pending)
            {
                _log.Write(Component, $"{assignment.Pending.Reason} {name.Namespace}/{name.Name}: {assignment.Pending.Message}");
            }
        }

        balancer.Pending = assignment.Pending;
        if (before != balancer.Addresses)
        {
            NoteAllPendingBut(name, !before.IsEmpty);
            if (!balancer.Addresses.IsEmpty)
            {
                _log.Write(Component, $"EnsuredLoadBalancer {name.Namespace}/{name.Name} at {balancer.Addresses[0]}");
            }
        }

        Install(balancer, LoadBalancerFrontends.Of(current, balancer.Addresses, Members(name, current)));
        Service wanted = LoadBalancerReconciler.WithIngress(current, balancer.Addresses);
        if (!ReferenceEquals(wanted, current))
        {
            _server.ReplaceStatus(wanted);
        }
    }

    private EquatableArray<string> Members(NamespacedName name, Service service)
    {
        if (!LoadBalancerReconciler.IsLocal(service))
        {
            _endpoints.GetValueOrDefault(name)?.StopCounting();
            return _nodes.Healthy;
        }

        LocalEndpoints endpoints = EndpointsOf(name);
        var members = new List<string>();
        foreach (string node in _nodes.Answering)
        {
            if (endpoints.HasReady(node))
            {
                members.Add(node);
            }
        }

        return [.. members];
    }

    private void CleanUp(NamespacedName name, ServiceLoadBalancer balancer)
    {
        Remove(name, balancer);
        _services.Remove(name);
        if (Current(name, balancer) is not { } current || !LoadBalancerReconciler.NeedsCleanup(current))
        {
            return;
        }

        Service cleared = LoadBalancerReconciler.WithIngress(current, default);
        if (!ReferenceEquals(cleared, current) && current.Metadata.DeletionTimestamp is null)
        {
            current = _server.ReplaceStatus(cleared);
        }

        _server.Replace(LoadBalancerReconciler.WithoutFinalizer(current));
    }

    /// <summary>Takes the load balancer away and gives its addresses back.</summary>
    private void Remove(NamespacedName name, ServiceLoadBalancer balancer)
    {
        Install(balancer, default);
        _endpoints.GetValueOrDefault(name)?.StopCounting();
        _pending.Remove(name);
        balancer.Pending = null;
        if (!balancer.Addresses.IsEmpty)
        {
            _log.Write(Component, $"DeletedLoadBalancer {name.Namespace}/{name.Name} at {balancer.Addresses[0]}");
            AddressAssignment.Release(_pool, name, balancer.Addresses);
            balancer.Addresses = default;
            NoteAllPendingBut(name, true);
        }
    }

    /// <summary>Exchanges what is installed for a Service; the rest of the table stays as it is.</summary>
    private void Install(ServiceLoadBalancer balancer, EquatableArray<LoadBalancerFrontend> frontends)
    {
        if (balancer.Frontends == frontends)
        {
            return;
        }

        foreach (LoadBalancerFrontend old in balancer.Frontends)
        {
            _table = _table.Without(old.Address, old.Protocol);
        }

        foreach (LoadBalancerFrontend frontend in frontends)
        {
            _table = _table.With(frontend);
        }

        balancer.Frontends = frontends;
        _network.InstallLoadBalancers(_table);
    }

    /// <summary>The addresses that a Service had before this provider ran; they are taken before anybody new gets one.</summary>
    private EquatableArray<IpAddress> Held(Service service)
    {
        var held = new List<IpAddress>();
        foreach (LoadBalancerIngress ingress in service.Status.LoadBalancer.Ingress)
        {
            if (IpAddress.TryParse(ingress.IP, out IpAddress address) && _pool.TryTake(address, service.Name))
            {
                held.Add(address);
            }
        }

        return [.. held];
    }

    private void NoteAllPendingBut(NamespacedName name, bool isFreed)
    {
        if (isFreed)
        {
            foreach (NamespacedName waiting in _pending)
            {
                if (waiting != name)
                {
                    _work.Note(waiting);
                }
            }
        }
    }

    private LocalEndpoints EndpointsOf(NamespacedName service)
    {
        if (!_endpoints.TryGetValue(service, out LocalEndpoints? endpoints))
        {
            _endpoints.Add(service, endpoints = new LocalEndpoints());
        }

        return endpoints;
    }

    /// <summary>The Service as the server has it now, when it is still the one of the load balancer.</summary>
    private Service? Current(NamespacedName name, ServiceLoadBalancer balancer) =>
        _server.Find<Service>(name) is { } current && current.Metadata.Uid == balancer.Uid ? current : null;
}
