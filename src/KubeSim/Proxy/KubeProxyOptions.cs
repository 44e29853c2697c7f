using KubeSim.Api;

namespace KubeSim.Proxy;

/// <summary>kube-proxy's configuration as far as it decides what the tables hold: the same on every node, so that they can share them.</summary>
internal sealed record KubeProxyOptions
{
    /// <summary>The release that kube-proxy is of.</summary>
    public KubernetesRelease Release { get; init; } = KubernetesRelease.Default;

    /// <summary>The feature gate AllowServiceExternalIPs; off, spec.externalIPs count for nothing.</summary>
    public bool AllowServiceExternalIPs { get; init; } = true;

    /// <summary>The feature gate LoadBalancerIPMode; off, ipMode is not read, and every address of a load balancer is captured.</summary>
    public bool LoadBalancerIPMode { get; init; } = true;

    /// <summary>The feature gate PreferSameTrafficDistribution; off, hints for nodes are not read.</summary>
    public bool PreferSameTrafficDistribution { get; init; } = true;
}
