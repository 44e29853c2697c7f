using KubeSim.Addressing;
using KubeSim.Api;
using KubeSim.ApiServer;
using KubeSim.Collections;
using KubeSim.Dataplane;
using KubeSim.Kubelet;
using KubeSim.LoadBalancing;
using KubeSim.Proxy;
using KubeSim.Simulation;

namespace KubeSim;

/// <summary>
/// The machines behind the Node objects. Whoever creates a Node, in the options or by a manifest, adds a machine with a place in the network, a kubelet and a
/// kube-proxy; deleting the Node takes the machine away.
/// </summary>
internal sealed class Machines : IDisposable
{
    private readonly ClusterOptions _options;
    private readonly KubeApiServer _server;
    private readonly Network _network;
    private readonly EventQueue _queue;
    private readonly VirtualClock _clock;
    private readonly RunLog _log;
    private readonly PodCidrAllocator _podCidrs;
    private readonly ServiceFeed _services;
    private readonly KubernetesRelease _release;
    private readonly WorkSet<string> _work;
    private readonly SortedDictionary<string, Machine> _machines = new(StringComparer.Ordinal);
    private readonly ClusterAddresses _addresses;
    private readonly Cidr _machineAddresses;
    private readonly HashSet<IpAddress> _taken = [];
    private readonly SortedSet<Cidr> _given = [];
    private IDisposable? _subscription;
    private long _nextAddress = 1;

    internal Machines(ClusterOptions options, KubeApiServer server, Network network, EventQueue queue, VirtualClock clock, RunLog log)
    {
        _options = options;
        _server = server;
        _network = network;
        _queue = queue;
        _clock = clock;
        _log = log;
        _addresses = new ClusterAddresses(options);
        _machineAddresses = _addresses.Machines!.Value;
        _podCidrs = new PodCidrAllocator([options.PodCidr]);
        _release = KubernetesRelease.TryParse(options.KubernetesVersion, out KubernetesRelease release) ? release : KubernetesRelease.Default;
        _services = new ServiceFeed(server, queue, new KubeProxyOptions { Release = _release, PreferSameTrafficDistribution = _release.ReadsNodeHints });
        _work = new WorkSet<string>(queue, TimeSpan.Zero, Reconcile);
    }

    /// <summary>Registers the nodes of the options, then follows every Node.</summary>
    internal void Start(EquatableArray<NodeOptions> nodes)
    {
        foreach (NodeOptions node in nodes)
        {
            if (node.Address is { } address)
            {
                _taken.Add(address);
            }
        }

        foreach (NodeOptions node in nodes)
        {
            _server.Create(new NodeRegistration(node.Name)
            {
                Addresses = [node.Address ?? NextAddress()],
                PodCidrs = _podCidrs.Allocate(),
                Zone = node.Zone,
                Labels = node.Labels,
            }.ToNode(_clock.GetUtcNow()));
        }

        _subscription = _server.Subscribe<Node>(change => _work.Note(change.Object.Metadata.Name));
    }

    /// <summary>The Pod's place in the network, or null while it has none.</summary>
    internal PodAttachment? AttachmentOf(Pod pod) =>
        pod.Spec.NodeName is { } node && _machines.TryGetValue(node, out Machine? machine) ? machine.Kubelet.AttachmentOf(pod.Name) : null;

    /// <summary>The kube-proxy of a node, or null.</summary>
    internal KubeProxy? ProxyOf(string nodeName) => _machines.GetValueOrDefault(nodeName)?.Proxy;

    /// <summary>Keeps an address for a host outside the cluster.</summary>
    /// <exception cref="ArgumentException">The address belongs to somebody in the cluster, or to nobody at all.</exception>
    internal void Reserve(IpAddress address, string parameter)
    {
        if ((_addresses.OwnerOf(address) ?? OwnerOf(address)) is { } owner)
        {
            throw new ArgumentException($"The address is {address}, {owner}; a host outside the cluster needs another one.", parameter);
        }

        _taken.Add(address);
    }

    public void Dispose()
    {
        _subscription?.Dispose();
        foreach (Machine machine in _machines.Values)
        {
            Stop(machine);
        }

        _services.Dispose();
    }

    private static void Stop(Machine machine)
    {
        machine.Proxy.Dispose();
        machine.Kubelet.Dispose();
    }

    private void Reconcile(string name)
    {
        Node? node = _server.Find<Node>(new NamespacedName("", name));
        bool isRunning = _machines.TryGetValue(name, out Machine? machine);
        if (node is null && isRunning)
        {
            Stop(machine!);
            _network.RemoveNode(machine!.Node);
            _podCidrs.Release(machine.PodCidrs);
            _given.ExceptWith(machine.PodCidrs);
            _machines.Remove(name);
            _log.Write("machines", $"{name} has left");
        }
        else if (node is not null && !isRunning)
        {
            EquatableArray<Cidr> blocks = node.Spec.PodCIDRs.IsEmpty ? FreeBlocks() : node.Spec.PodCIDRs.Select(Cidr.Parse).ToEquatableArray();
            if (WhyNot(node, blocks) is { } why)
            {
                _log.Write("machines", $"{name} cannot join: {why}");
                _podCidrs.Release(node.Spec.PodCIDRs.IsEmpty ? blocks : []);
            }
            else
            {
                Join(Completed(node, blocks), blocks);
            }
        }
    }

    /// <summary>What of a Node that somebody made by hand no machine can have; null where one can join.</summary>
    private string? WhyNot(Node node, EquatableArray<Cidr> blocks)
    {
        if (blocks.IsEmpty)
        {
            return $"ClusterOptions.PodCidr {_options.PodCidr} has no block left for its Pods";
        }


        foreach (NodeAddress address in node.Status.Addresses)
        {
            if (address.Type == "InternalIP"
                && (!IpAddress.TryParse(address.Address, out IpAddress parsed) ? "which is no IP address" : _addresses.OwnerOf(parsed) ?? OwnerOf(parsed)) is { } problem)
            {
                return $"its status.addresses has the InternalIP '{Excerpt.Of(address.Address)}', {problem}";
            }
        }

        foreach (Cidr block in blocks)
        {
            if (IsGiven(block))
            {
                return $"its spec.podCIDRs has {block}, which overlaps a block of node {_machines.Values.First(machine => machine.PodCidrs.Any(block.Overlaps)).Node.Name}";
            }
        }

        return null;
    }

    /// <summary>Blocks for one more node's Pods; empty where none is left. Those that somebody gave to a Node by hand are passed over.</summary>
    private EquatableArray<Cidr> FreeBlocks()
    {
        while (_podCidrs.HasRoom)
        {
            EquatableArray<Cidr> blocks = _podCidrs.Allocate();
            if (!blocks.Any(IsGiven))
            {
                return blocks;
            }
        }

        return [];
    }

    /// <summary>Whether a node has a part of the block: blocks that overlap lie one in the other, and so side by side in their order.</summary>
    private bool IsGiven(Cidr block) =>
        _given.Count > 0 && ((_given.Min <= block && _given.GetViewBetween(_given.Min, block).Max.Overlaps(block))
            || (_given.Max >= block && _given.GetViewBetween(block, _given.Max).Min.Overlaps(block)));

    private string? OwnerOf(IpAddress address) =>
        _network.NodeAt(address) is { } node ? $"which node {node.Name} has"
        : _network.HostAt(address) is { } host ? $"which the host {host.Name} outside has"
        : null;

    private void Join(Node node, EquatableArray<Cidr> podCidrs)
    {
        string name = node.Metadata.Name;
        EquatableArray<IpAddress> addresses = AddressesOf(node);
        NetworkNode place = _network.AddNode(name, addresses, podCidrs, node.Metadata.Labels[WellKnownLabels.Zone]);
        NodeOptions? wanted = _options.Nodes.FirstOrDefault(node => node.Name == name);
        place.ProxySettings = ProxySettingsOf(wanted);
        place.HasHairpinMode = wanted?.HairpinMode ?? true;
        SetConntrack(place.Conntrack, wanted ?? new NodeOptions(name));
        PropagationDelays delays = _options.Delays;
        var kubelet = new KubeletAgent(name, _server, _network, _queue, _log, delays.ServerToKubelet, delays.PodStart);
        var proxy = new KubeProxy(_services, place, _queue, _log, TimingOf(place.ProxySettings.Mode));
        _machines.Add(name, new Machine(place, kubelet, proxy, podCidrs));
        _taken.UnionWith(addresses);
        _given.UnionWith(podCidrs);
        kubelet.Start();
        _log.Write("machines", $"{name} has joined with {addresses[0]}");
    }

    /// <summary>What a Node of somebody's manifest does not say and its machine needs: a block for Pods, and the addresses that a kubelet registers.</summary>
    private Node Completed(Node node, EquatableArray<Cidr> podCidrs)
    {
        if (node.Spec.PodCIDRs.IsEmpty)
        {
            EquatableArray<string> blocks = podCidrs.Select(block => block.ToString()).ToEquatableArray();
            node = _server.Replace(node with { Spec = node.Spec with { PodCIDR = blocks[0], PodCIDRs = blocks } });
        }

        if (AddressesOf(node).IsEmpty)
        {
            NodeStatus registered = new NodeRegistration(node.Metadata.Name) { Addresses = [NextAddress()] }.ToNode(_clock.GetUtcNow()).Status;
            node = _server.ReplaceStatus(node with
            {
                Status = node.Status with
                {
                    Addresses = [.. node.Status.Addresses, .. registered.Addresses],
                    Conditions = node.Status.Conditions.IsEmpty ? registered.Conditions : node.Status.Conditions,
                    Carried = node.Status.Carried.Fields.IsEmpty ? registered.Carried : node.Status.Carried,
                },
            });
        }

        return node;
    }

    private KubeProxyTiming TimingOf(ProxyMode mode)
    {
        TimeSpan usual = _options.Delays == PropagationDelays.None || mode == ProxyMode.Ipvs ? TimeSpan.Zero : TimeSpan.FromSeconds(1);
        return new(_options.Delays.ControllerToProxy, _options.Delays.ProxySync, _options.KubeProxy.MinSyncPeriod ?? usual) { SyncPeriod = _options.KubeProxy.SyncPeriod };
    }

    private void SetConntrack(Conntrack conntrack, NodeOptions node)
    {
        KubeProxyConntrackConfiguration wanted = _options.KubeProxy.Conntrack;
        ConntrackTimeouts kernel = ConntrackTimeouts.Default;
        conntrack.Limit = new ConntrackSettings { MaxPerCore = wanted.MaxPerCore, Min = wanted.Min }.MaxFor(node.Cores);
        conntrack.Timeouts = kernel with
        {
            TcpEstablished = wanted.TcpEstablishedTimeout > TimeSpan.Zero ? wanted.TcpEstablishedTimeout : ConntrackTimeouts.KernelTcpEstablished,
            Udp = wanted.UdpTimeout > TimeSpan.Zero ? wanted.UdpTimeout : kernel.Udp,
            UdpStream = wanted.UdpStreamTimeout > TimeSpan.Zero ? wanted.UdpStreamTimeout : kernel.UdpStream,
        };
    }

    private ProxySettings ProxySettingsOf(NodeOptions? node)
    {
        KubeProxyConfiguration proxy = _options.KubeProxy;
        ProxyMode mode = node?.ProxyMode ?? _options.ProxyMode;
        bool isPrimary = proxy.NodePortAddresses is [KubeProxyConfiguration.Primary] || (proxy.NodePortAddresses.IsEmpty && mode == ProxyMode.Nftables);
        return new ProxySettings
        {
            Mode = mode,
            Release = _release,
            ConntrackTcpBeLiberal = proxy.Conntrack.TcpBeLiberal,
            Detector = proxy.DetectLocalMode,
            ClusterCidrs = proxy.ClusterCidr ?? [_options.PodCidr],
            DetectorInterface = proxy.DetectLocalInterface,
            ServiceCidrs = [_options.ServiceCidr],
            MasqueradeAll = proxy.MasqueradeAll,
            MasqueradeBit = proxy.MasqueradeBit,
            NodePortAddresses = isPrimary ? [] : proxy.NodePortAddresses.Select(Cidr.Parse).ToEquatableArray(),
            OnlyPrimaryNodePortAddress = isPrimary,
            LocalhostNodePorts = proxy.LocalhostNodePorts,
            Policy = _options.LoadBalancer ?? (mode == ProxyMode.Ipvs ? LoadBalancerPolicy.Ipvs(proxy.IpvsScheduler) : LoadBalancerPolicy.Random),
        };
    }

    private static EquatableArray<IpAddress> AddressesOf(Node node) =>
        node.Status.Addresses.Where(address => address.Type == "InternalIP").Select(address => IpAddress.Parse(address.Address)).ToEquatableArray();

    private IpAddress NextAddress()
    {
        while (_addresses.OwnerOf(_machineAddresses[_nextAddress]) is not null || !_taken.Add(_machineAddresses[_nextAddress]))
        {
            _nextAddress++;
        }

        return _machineAddresses[_nextAddress++];
    }
}
