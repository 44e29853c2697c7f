using KubeSim.Api;
using KubeSim.Conformance.Reading;
using KubeSim.Dataplane;
using KubeSim.Proxy;
using KubeSim.Proxy.HealthChecks;
using KubeSim.Simulation;

namespace KubeSim.Conformance.KubeProxy;

/// <summary>kube-proxy of one node, fed with objects by hand, and the node it works on.</summary>
internal sealed class ProxyUnderTest
{
    private readonly SortedDictionary<NamespacedName, Service> _services = [];
    private readonly SortedDictionary<NamespacedName, EndpointSlice> _slices = [];
    private readonly EventQueue _queue = new();
    private readonly HashSet<NamespacedName> _touched = [];
    private ServiceTableBuilder _builder;

    public ProxyUnderTest(ProxyConfiguration configuration)
    {
        Configuration = configuration;
        var network = new Network(_queue, new RunLog(_queue), new DeterministicRandom(1));
        Node = network.AddNode(configuration.NodeName, configuration.NodeAddresses, configuration.PodCidrs, null);
        Node.ProxySettings = configuration.Settings;
        _builder = new ServiceTableBuilder(configuration.Options);
        HealthServer = new ServiceHealthServer(ServiceHealthServer.ListenAddresses(configuration.Settings.NodePortAddresses, configuration.LocalAddresses, configuration.IsIPv6));
        Rendered = configuration.Settings.Mode switch
        {
            ProxyMode.IPTables => new IptablesRendered(Node, configuration),
            ProxyMode.Nftables => new NftablesRendered(Node, configuration),
            _ => null,
        };
    }

    public ProxyConfiguration Configuration { get; }

    public NetworkNode Node { get; }

    public ServiceHealthServer HealthServer { get; }

    /// <summary>The rules as text; null in a mode that has none.</summary>
    public IRenderedRules? Rendered { get; }

    public TimeSpan Now => _queue.Now;

    public IReadOnlyCollection<Service> Services => _services.Values;

    /// <summary>The endpoints as of the last sync.</summary>
    public SortedDictionary<ServicePortName, IReadOnlyList<SliceEndpoint>> Endpoints { get; private set; } = [];

    /// <summary>Whether the last sync looked for stale UDP flows.</summary>
    public bool CleanedUdpFlows { get; private set; }

    /// <summary>The rules of the proxy's address family.</summary>
    public IReadOnlyList<ServiceRule> Rules => [.. Node.Table!.Rules.Where(rule => rule.Name.IsIPv6 == Configuration.IsIPv6)];

    /// <summary>Lets time pass.</summary>
    public void Advance(TimeSpan time) => _queue.AdvanceTo(_queue.Now + time);

    /// <summary>Takes new and changed objects in.</summary>
    public void Apply(CaseNode? objects)
    {
        foreach (CaseNode one in objects?.Items ?? [])
        {
            switch (KubernetesObjects.Read(one))
            {
                case Service service:
                    _services[service.Name] = service;
                    _builder.Set(service);
                    break;
                case EndpointSlice slice:
                    Touch(slice);
                    _slices[slice.Name] = slice;
                    _builder.Set(slice);
                    break;
                case Api.Node node when node.Metadata.Name == Node.Name:
                    Node.Zone = node.Metadata.Labels[WellKnownLabels.Zone];
                    break;
                case Api.Node:
                    break;
                case var other:
                    throw one.Wrong($"is a {other.Kind}, which kube-proxy does not watch");
            }
        }
    }

    /// <summary>Takes objects out, given by apiVersion, kind, namespace and name.</summary>
    public void Delete(CaseNode? references)
    {
        foreach (CaseNode one in references?.Items ?? [])
        {
            var name = new NamespacedName(one.Find("namespace")?.Text ?? "", one["name"].Text);
            switch ((one["apiVersion"].Text, one["kind"].Text))
            {
                case ("v1", "Service"):
                    _services.Remove(name);
                    _builder.RemoveService(name);
                    break;
                case ("discovery.k8s.io/v1", "EndpointSlice"):
                    if (_slices.Remove(name, out EndpointSlice? removed))
                    {
                        Touch(removed);
                    }

                    _builder.RemoveSlice(name);
                    break;
                case ("v1", "Node"):
                    Node.Zone = name.Name == Node.Name ? null : Node.Zone;
                    break;
                default:
                    throw one.Wrong("is of a kind that kube-proxy does not watch");
            }
        }
    }

    /// <summary>A new process over the rules that are there: it knows only what it lists.</summary>
    public void Restart()
    {
        _builder = new ServiceTableBuilder(Configuration.Options);
        foreach (Service service in _services.Values)
        {
            _builder.Set(service);
        }

        foreach (EndpointSlice slice in _slices.Values)
        {
            _builder.Set(slice);
        }

        Rendered?.Restart();
    }

    /// <summary>Puts into the node's rules what has changed.</summary>
    public void Sync()
    {
        Node.Install(_builder.Table);
        Rendered?.Sync(_builder.Table, _queue.Now, [.. _touched.Order()]);
        _touched.Clear();
        Endpoints = EndpointsMap.Of(_slices.Values, Configuration.IsIPv6);
        CleanedUdpFlows = _builder.TakeUdpChanges().HasFlag(Configuration.IsIPv6 ? UdpChanges.IPv6 : UdpChanges.IPv4);
        var ports = new SortedDictionary<NamespacedName, ushort>();
        foreach (Service service in _services.Values)
        {
            if (ServiceHealthServer.PortOf(service) is not 0 and var port)
            {
                ports.Add(service.Name, port);
            }
        }

        HealthServer.SyncServices(ports);
        HealthServer.SyncEndpoints(EndpointsMap.LocalReadyEndpoints(Endpoints, Node.Name));
    }

    /// <summary>kube-proxy writes a Service's rules anew where one of its slices has changed, also where they say the same.</summary>
    private void Touch(EndpointSlice slice)
    {
        if (slice.Metadata.Labels[WellKnownLabels.ServiceName] is { } owner && slice.AddressType == (Configuration.IsIPv6 ? IPFamily.IPv6 : IPFamily.IPv4))
        {
            _touched.Add(new NamespacedName(slice.Metadata.Namespace, owner));
        }
    }
}
