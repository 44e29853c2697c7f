using KubeSim.Dataplane;

namespace KubeSim.Proxy;

/// <summary>kube-proxy's configuration, the same on every node.</summary>
internal sealed record KubeProxyOptions
{
    /// <summary>What goes into the tables as it is.</summary>
    public ServiceTableOptions Table { get; init; } = new();

    /// <summary>The feature gate AllowServiceExternalIPs; off, spec.externalIPs count for nothing.</summary>
    public bool AllowServiceExternalIPs { get; init; } = true;

    /// <summary>The feature gate LoadBalancerIPMode; off, ipMode is not read, and every address of a load balancer is captured.</summary>
    public bool LoadBalancerIPMode { get; init; } = true;

    /// <summary>The feature gate PreferSameTrafficDistribution; off, hints for nodes are not read.</summary>
    public bool PreferSameTrafficDistribution { get; init; } = true;
}
