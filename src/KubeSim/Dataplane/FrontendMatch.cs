using KubeSim.Addressing;
using KubeSim.LoadBalancing;

namespace KubeSim.Dataplane;

/// <summary>What one node's table says about a destination, with what a new connection needs at once.</summary>
internal struct FrontendMatch
{
    public IpPort Destination;
    public TransportProtocol Protocol;

    /// <summary>The table that this holds for; null in a place that holds nothing.</summary>
    public ServiceTable? Table;

    public TableFrontend Frontend;
    public ServiceRule Rule;

    /// <summary>A ClusterIP with endpoints for everybody, which is the usual case: the rule itself need not be looked at.</summary>
    public bool IsPlain;

    /// <summary>What the node remembers of the service port.</summary>
    public ServicePortState State;

    /// <summary>The cluster list of kube-proxy as this node uses it.</summary>
    public BackendSet Cluster;
}
