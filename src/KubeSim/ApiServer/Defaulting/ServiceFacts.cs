using KubeSim.Api;

namespace KubeSim.ApiServer.Defaulting;

/// <summary>What follows from a Service's type.</summary>
/// <source>kubernetes v1.36, pkg/api/service/util.go, pkg/registry/core/service</source>
internal static class ServiceFacts
{
    internal const string Headless = "None";

    /// <summary>Whether the type has a ClusterIP, be it <c>None</c>.</summary>
    internal static bool HasClusterIP(ServiceSpec spec) => spec.Type is ServiceType.ClusterIP or ServiceType.NodePort or ServiceType.LoadBalancer;

    internal static bool IsHeadless(ServiceSpec spec) => spec.ClusterIP == Headless || (spec.ClusterIPs.Length > 0 && spec.ClusterIPs[0] == Headless);

    /// <summary>Whether the type may have node ports.</summary>
    internal static bool MayHaveNodePorts(ServiceSpec spec) => spec.Type is ServiceType.NodePort or ServiceType.LoadBalancer;

    /// <summary>Whether ports without a node port get one.</summary>
    internal static bool GetsNodePorts(ServiceSpec spec) =>
        spec.Type == ServiceType.NodePort || (spec.Type == ServiceType.LoadBalancer && spec.AllocateLoadBalancerNodePorts != false);

    internal static bool NeedsHealthCheck(ServiceSpec spec) => spec.Type == ServiceType.LoadBalancer && spec.ExternalTrafficPolicy == TrafficPolicy.Local;

    /// <summary>Whether traffic from outside the cluster may come to it.</summary>
    internal static bool IsExternallyAccessible(ServiceSpec spec) =>
        MayHaveNodePorts(spec) || (spec.Type == ServiceType.ClusterIP && !spec.ExternalIPs.IsEmpty);
}
