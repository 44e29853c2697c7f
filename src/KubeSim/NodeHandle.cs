using KubeSim.Dataplane;
using KubeSim.Dns;
using KubeSim.Tracing;

namespace KubeSim;

/// <summary>A node to stand on, and to look at.</summary>
public sealed class NodeHandle : TrafficSource
{
    private readonly NetworkNode _node;

    internal NodeHandle(Cluster cluster, NetworkNode node)
        : base(cluster) => _node = node;

    /// <summary>The node's name.</summary>
    public override string Name => _node.Name;

    /// <summary>The zone it stands in; null where it has none.</summary>
    public string? Zone => _node.Zone;

    internal override string ObjectName => $"node/{Name}";

    /// <summary>Its kube-proxy.</summary>
    public ProxyHandle Proxy => new(Cluster, _node);

    internal override string Place => _node.Name;

    internal override Sender Sender => _node.Sender;

    internal override DnsAnswer Ask(string name, TraceRecorder? recorder, bool isDryRun) => Cluster.Dialler.AskFromNode(_node, name, recorder, isDryRun);
}
