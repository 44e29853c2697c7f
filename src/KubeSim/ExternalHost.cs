using KubeSim.Dataplane;
using KubeSim.Dns;
using KubeSim.Tracing;

namespace KubeSim;

/// <summary>A host outside the cluster: it reaches the nodes and the load balancers' addresses, and knows none of the cluster's names.</summary>
public sealed class ExternalHost : TrafficSource
{
    private readonly NetworkHost _host;

    internal ExternalHost(Cluster cluster, NetworkHost host)
        : base(cluster) => _host = host;

    /// <summary>The host's address as text.</summary>
    public override string Name => _host.Name;

    internal override string ObjectName => $"host/{Name}";

    internal override string Place => "outside";

    internal override Sender Sender => _host.Sender;

    internal override DnsAnswer Ask(string name, TraceRecorder? recorder, bool isDryRun) => Cluster.Dialler.AskFromOutside(name, recorder, isDryRun);
}
