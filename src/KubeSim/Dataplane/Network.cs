using KubeSim.Addressing;
using KubeSim.Collections;
using KubeSim.LoadBalancing;
using KubeSim.Simulation;
using KubeSim.Tracing;

namespace KubeSim.Dataplane;

/// <summary>
/// The data plane: every machine, who has which address, and the way of each packet. The packet path allocates nothing; what a
/// packet did is told as text only where a recorder listens.
/// </summary>
internal sealed class Network
{
    private const string Component = "network";

    private readonly EventQueue _queue;
    private readonly RunLog _log;
    private readonly DeterministicRandom _random;
    private readonly List<NetworkNode> _nodes = [];
    private readonly Dictionary<string, NetworkNode> _nodesByName = new(StringComparer.Ordinal);
    private readonly Dictionary<IpAddress, NetworkNode> _nodesByAddress = [];
    private readonly Dictionary<IpAddress, PodAttachment> _podsByAddress = [];
    private readonly Dictionary<IpAddress, NetworkHost> _hostsByAddress = [];
    private readonly Dictionary<(int Low, int High), TimeSpan> _latencies = [];
    private int _joined;

    /// <param name="queue">Tells the time.</param>
    /// <param name="log">Gets every verdict as a number.</param>
    /// <param name="random">A fork for the data plane; each node and service port forks it again.</param>
    /// <param name="policy">How endpoints are picked; kube-proxy's way where none is given.</param>
    public Network(EventQueue queue, RunLog log, DeterministicRandom random, LoadBalancerPolicy? policy = null)
    {
        _queue = queue;
        _log = log;
        _random = random;
        Policy = policy ?? LoadBalancerPolicy.Random;
    }

    /// <summary>How endpoints are picked on nodes that have no policy of their own.</summary>
    public LoadBalancerPolicy Policy { get; }

    /// <summary>What the nodes' tables are made with, so that nodes that agree share one.</summary>
    public ServiceTables Tables { get; } = new();

    /// <summary>The nodes in the order of joining.</summary>
    public IReadOnlyList<NetworkNode> Nodes => _nodes;

    /// <summary>What stands in front of the cluster.</summary>
    public LoadBalancerTable LoadBalancers { get; private set; } = LoadBalancerTable.Empty;

    public TimeSpan Now => _queue.Now;

    public bool IsLatencyConfigured => _latencies.Count > 0;

    /// <exception cref="InvalidOperationException">The name or an address is taken.</exception>
    public NetworkNode AddNode(string name, EquatableArray<IpAddress> addresses, EquatableArray<Cidr> podCidrs, string? zone)
    {
        if (_nodesByName.ContainsKey(name))
        {
            throw new InvalidOperationException($"There is a node '{name}' in the network already.");
        }

        foreach (IpAddress address in addresses)
        {
            ThrowIfTaken(address, "node " + name);
        }

        var node = new NetworkNode(this, _joined++, name, addresses, podCidrs, zone, _random.Fork(name));
        _nodes.Add(node);
        _nodesByName.Add(name, node);
        foreach (IpAddress address in addresses)
        {
            _nodesByAddress[address] = node;
        }

        return node;
    }

    /// <summary>Takes a node out, with the Pods that are attached to it; twice is the same as once.</summary>
    public void RemoveNode(NetworkNode node)
    {
        if (!_nodes.Remove(node))
        {
            return;
        }

        _nodesByName.Remove(node.Name);
        foreach (IpAddress address in node.Addresses)
        {
            _nodesByAddress.Remove(address);
        }

        node.IsUp = false;
        while (node.Pods.Count > 0)
        {
            node.Pods[^1].Dispose();
        }
    }

    public NetworkNode? FindNode(string name) => _nodesByName.GetValueOrDefault(name);

    /// <summary>Gives a Pod its place on a node. On the host network it has the node's addresses, whatever is given.</summary>
    /// <exception cref="InvalidOperationException">An address is taken.</exception>
    public PodAttachment Attach(
        NetworkNode node, string podName, EquatableArray<IpAddress> addresses, bool hostNetwork, EquatableArray<ListeningPort> ports, bool acceptsAnyPort)
    {
        var pod = new PodAttachment(this, node, podName, addresses, hostNetwork, ports, acceptsAnyPort);
        if (!hostNetwork)
        {
            foreach (IpAddress address in addresses)
            {
                ThrowIfTaken(address, "pod " + podName);
            }

            foreach (IpAddress address in addresses)
            {
                _podsByAddress[address] = pod;
            }
        }

        node.Pods.Add(pod);
        return pod;
    }

    /// <exception cref="InvalidOperationException">The address is taken.</exception>
    public NetworkHost AddHost(string name, IpAddress address)
    {
        ThrowIfTaken(address, "host " + name);
        var host = new NetworkHost(name, address);
        _hostsByAddress.Add(address, host);
        return host;
    }

    public void InstallLoadBalancers(LoadBalancerTable table) => LoadBalancers = table;

    /// <summary>Sets how long a packet takes from one node to another, in each direction.</summary>
    public void SetLatency(NetworkNode one, NetworkNode other, TimeSpan oneWay)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(oneWay, TimeSpan.Zero);
        if (oneWay == TimeSpan.Zero)
        {
            _latencies.Remove(Link(one, other));
        }
        else
        {
            _latencies[Link(one, other)] = oneWay;
        }
    }

    /// <summary>Chooses a source address and port and opens a connection.</summary>
    public Verdict Open(Sender sender, IpPort destination, TransportProtocol protocol, TraceRecorder? recorder = null)
    {
        var walk = new PacketWalk(this, sender, recorder, rehearse: false);
        Verdict verdict = walk.Open(destination, protocol);
        Log(verdict);
        return verdict;
    }

    /// <summary>Opens a connection with a source of the caller's; a UDP flow that is known already is refreshed.</summary>
    public Verdict Connect(Sender sender, in Flow flow, TraceRecorder? recorder = null)
    {
        var walk = new PacketWalk(this, sender, recorder, rehearse: false);
        Verdict verdict = walk.Connect(flow);
        Log(verdict);
        return verdict;
    }

    /// <summary>Sends a packet on a connection that was opened. UDP that is forgotten opens a new flow; TCP that is forgotten is reset.</summary>
    public Verdict Send(Sender sender, in Flow flow, in ConnectionHandle handle, TraceRecorder? recorder = null)
    {
        var walk = new PacketWalk(this, sender, recorder, rehearse: false);
        Verdict verdict = walk.Send(flow, handle);
        Log(verdict);
        return verdict;
    }

    /// <summary>
    /// The server of an open TCP connection sends a segment from outside of the window, which connection tracking calls INVALID: it belongs to no flow, and its source is not translated
    /// back. A client that gets it from an address it does not know answers with a reset, and the server ends the connection.
    /// </summary>
    /// <returns>What becomes of the connection; one that is reset is closed.</returns>
    /// <source>kubernetes v1.36, pkg/proxy/iptables/proxier.go: KUBE-FORWARD drops what is INVALID, where packets are forwarded; the nftables mode does not</source>
    public ConnectionOutcome ReplyOutOfWindow(Sender client, in ConnectionHandle handle)
    {
        if (handle.Conntrack is not { } conntrack || conntrack.Find(handle, Now) is var slot && slot < 0)
        {
            return ConnectionOutcome.Reset;
        }

        // A host outside has no translation of its own: the node that it came to has.
        ConnectionHandle onward = conntrack[slot].Onward;
        if (conntrack.Node is null && onward.Conntrack is not null)
        {
            return ReplyOutOfWindow(client, onward) == ConnectionOutcome.Reset ? Reset(handle) : ConnectionOutcome.Established;
        }

        ref ConntrackEntry entry = ref conntrack[slot];
        bool isTranslated = entry.Original.Protocol == TransportProtocol.Tcp && entry.Original.Destination != entry.Reply.Source;
        if (!isTranslated || conntrack.Node is not { ProxySettings: { ConntrackTcpBeLiberal: false } settings })
        {
            return ConnectionOutcome.Established;
        }

        // IPVS undoes its translation by a table of its own.
        bool isDropped = settings.Mode == ProxyMode.IPTables && (client.Pod is { IsHostNetwork: false } || client.Host is not null);
        return isDropped || settings.Mode == ProxyMode.Ipvs ? ConnectionOutcome.Established : Reset(handle);
    }

    private ConnectionOutcome Reset(in ConnectionHandle handle)
    {
        Close(handle);
        return ConnectionOutcome.Reset;
    }

    /// <summary>Ends a connection on every machine that knows it. Nothing happens where it has ended, or never was.</summary>
    public void Close(in ConnectionHandle handle)
    {
        ConnectionHandle next = handle;
        while (next.Conntrack is { } conntrack)
        {
            ConnectionHandle onward = conntrack.OnwardOf(next);
            if (!conntrack.Close(next, Now))
            {
                return;
            }

            next = onward;
        }
    }

    /// <summary>Tells what opening a connection would do, and leaves everything as it was.</summary>
    /// <param name="sender">Who dials.</param>
    /// <param name="target">What is dialled, as the caller spells it: <c>web:80</c>.</param>
    /// <param name="destination">The address that stands for it.</param>
    /// <param name="protocol">What carries it.</param>
    /// <param name="recorder">Has the steps that came before, such as the lookup of the name.</param>
    public Trace Trace(Sender sender, string target, IpPort destination, TransportProtocol protocol, TraceRecorder? recorder = null)
    {
        recorder ??= new TraceRecorder();
        var walk = new PacketWalk(this, sender, recorder, rehearse: true);
        Verdict verdict = walk.Open(destination, protocol);
        return ToTrace(sender, target, verdict, recorder);
    }

    /// <summary>The trace of a packet that was really sent.</summary>
    public Trace ToTrace(Sender sender, string target, in Verdict verdict, TraceRecorder recorder) => new()
    {
        Source = Explanation.Describe(sender, verdict.Flow.Destination.Address),
        Target = target + "/" + Explanation.Name(verdict.Flow.Protocol),
        Hops = recorder.Hops,
        Outcome = verdict.Outcome,
        Reason = Explain(sender, verdict),
        RoundTripTime = verdict.RoundTripTime,
        IsLatencyConfigured = IsLatencyConfigured,
    };

    /// <summary>Why a packet did not arrive, as a sentence; null where it did.</summary>
    public Reason? Explain(Sender sender, in Verdict verdict) => Explanation.Of(this, sender, verdict);

    internal NetworkNode? NodeAt(IpAddress address) => _nodesByAddress.GetValueOrDefault(address);

    internal PodAttachment? PodAt(IpAddress address) => _podsByAddress.GetValueOrDefault(address);

    internal NetworkHost? HostAt(IpAddress address) => _hostsByAddress.GetValueOrDefault(address);

    internal TimeSpan Latency(NetworkNode one, NetworkNode other) =>
        _latencies.Count == 0 ? TimeSpan.Zero : _latencies.GetValueOrDefault(Link(one, other));

    internal ServicePortState NewState(NetworkNode node, ServicePortName name) =>
        new(node.Policy, node.Random.Fork($"{name}/{(name.IsIPv6 ? 6 : 4)}{Explanation.Name(name.Protocol)}"));

    internal void Detach(PodAttachment pod)
    {
        pod.Node.Pods.Remove(pod);
        if (!pod.IsHostNetwork)
        {
            foreach (IpAddress address in pod.Addresses)
            {
                _podsByAddress.Remove(address);
            }
        }
    }

    private static (int Low, int High) Link(NetworkNode one, NetworkNode other) =>
        one.Number < other.Number ? (one.Number, other.Number) : (other.Number, one.Number);

    private void Log(in Verdict verdict) =>
        _log.Write(Component, FlowHash.Of(verdict.Translated) ^ ((ulong)verdict.Outcome << 8) ^ (ulong)verdict.Reason);

    private void ThrowIfTaken(IpAddress address, string by)
    {
        string? owner = PodAt(address) is { } pod ? "pod " + pod.PodName
            : NodeAt(address) is { } node ? "node " + node.Name
            : HostAt(address) is { } host ? "host " + host.Name
            : null;
        if (owner is not null)
        {
            throw new InvalidOperationException($"The address {address} of {by} is taken by {owner}.");
        }
    }
}
