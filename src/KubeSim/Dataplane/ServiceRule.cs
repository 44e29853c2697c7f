using KubeSim.Addressing;
using KubeSim.Collections;

namespace KubeSim.Dataplane;

/// <summary>
/// What kube-proxy knows of one service port. It does not depend on the node: what differs from node to node is looked up in
/// the selections, so that every node that has heard the same news can hold the same instance.
/// </summary>
/// <source>kubernetes v1.36, pkg/proxy/topology.go and pkg/proxy/iptables/proxier.go</source>
internal sealed record ServiceRule
{
    public required ServicePortName Name { get; init; }

    public required IpAddress ClusterIP { get; init; }

    public required ushort Port { get; init; }

    /// <summary>0 for none.</summary>
    public ushort NodePort { get; init; }

    /// <summary>Those of this family.</summary>
    public EquatableArray<IpAddress> ExternalIPs { get; init; }

    /// <summary>Those of this family that are to be captured: ipMode VIP.</summary>
    public EquatableArray<IpAddress> LoadBalancerIPs { get; init; }

    /// <summary>internalTrafficPolicy is Local.</summary>
    public bool InternalLocal { get; init; }

    /// <summary>externalTrafficPolicy is Local.</summary>
    public bool ExternalLocal { get; init; }

    /// <summary>spec.loadBalancerSourceRanges of this family; empty where everybody may come, also when a range has prefix length 0.</summary>
    public EquatableArray<Cidr> SourceRanges { get; init; }

    /// <summary>spec.healthCheckNodePort of a LoadBalancer whose externalTrafficPolicy is Local; 0 for none.</summary>
    public ushort HealthCheckNodePort { get; init; }

    /// <summary>How long a client stays with its endpoint; null without sessionAffinity ClientIP.</summary>
    public TimeSpan? AffinityTimeout { get; init; }

    /// <summary>kube-proxy's cluster list: ready endpoints narrowed by hints, else terminating ones that still serve.</summary>
    public BackendSelection Cluster { get; init; } = BackendSelection.Empty;

    /// <summary>kube-proxy's local list for each node by name; nobody's set is used where a node has none.</summary>
    public BackendSelection Local { get; init; } = BackendSelection.Empty;

    /// <summary>Whether any endpoint anywhere is ready, or terminating and serving.</summary>
    public bool HasAny { get; init; }

    /// <summary>How many endpoints the slices list for this port, usable or not; for explanations.</summary>
    public int EndpointCount { get; init; }

    /// <summary>Completes "Service default/web has no endpoints: …" where there are none, for example <c>its selector app=web matches no Pod (spec.selector)</c>.</summary>
    public string? WhyEmpty { get; init; }

    public bool IsExternallyReachable => NodePort != 0 || !ExternalIPs.IsEmpty || !LoadBalancerIPs.IsEmpty;
}
