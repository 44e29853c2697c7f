using KubeSim.Addressing;
using KubeSim.Collections;
using KubeSim.LoadBalancing;
using KubeSim.Simulation;
using KubeSim.Tracing;

namespace KubeSim.Dataplane;

/// <summary>The data plane: every machine, who has which address, and the way of each packet.</summary>
internal sealed class Network
{
    private readonly EventQueue _queue;
    private readonly RunLog _log;
    private readonly DeterministicRandom _random;

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

    public LoadBalancerPolicy Policy { get; }

    /// <summary>What the nodes' tables are made with, so that nodes that agree share one.</summary>
    public ServiceTables Tables { get; } = new();

    public NetworkNode AddNode(string name, EquatableArray<IpAddress> addresses, EquatableArray<Cidr> podCidrs, string? zone) => throw new NotSupportedException();

    public void RemoveNode(NetworkNode node) => throw new NotSupportedException();

    public NetworkNode? FindNode(string name) => throw new NotSupportedException();

    public PodAttachment Attach(NetworkNode node, string podName, EquatableArray<IpAddress> addresses, bool hostNetwork, EquatableArray<ListeningPort> ports, bool acceptsAnyPort) => throw new NotSupportedException();

    public NetworkHost AddHost(string name, IpAddress address) => throw new NotSupportedException();

    public void InstallLoadBalancers(LoadBalancerTable table) => throw new NotSupportedException();

    public void SetLatency(NetworkNode one, NetworkNode other, TimeSpan oneWay) => throw new NotSupportedException();

    public Verdict Open(Sender sender, IpPort destination, TransportProtocol protocol, TraceRecorder? recorder = null) => throw new NotSupportedException();

    public Verdict Connect(Sender sender, in Flow flow, TraceRecorder? recorder = null) => throw new NotSupportedException();

    public Verdict Send(Sender sender, in Flow flow, in ConnectionHandle handle, TraceRecorder? recorder = null) => throw new NotSupportedException();

    public void Close(in ConnectionHandle handle) => throw new NotSupportedException();

    public Trace Trace(Sender sender, string target, IpPort destination, TransportProtocol protocol, TraceRecorder? recorder = null) => throw new NotSupportedException();

    public Reason? Explain(Sender sender, in Verdict verdict) => throw new NotSupportedException();

    internal void Detach(PodAttachment attachment) => throw new NotSupportedException();
}
