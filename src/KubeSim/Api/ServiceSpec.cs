using KubeSim.Collections;

namespace KubeSim.Api;

/// <summary>What is wanted of a Service.</summary>
public sealed record ServiceSpec
{
    /// <summary>The one in which nothing is set.</summary>
    public static ServiceSpec Empty { get; } = new();

    /// <summary>Who can reach it: see <see cref="ServiceType"/>; ClusterIP by default.</summary>
    public string? Type { get; init; }

    /// <summary>Which Pods belong; empty where somebody else writes the EndpointSlices.</summary>
    public LabelSet Selector { get; init; }

    /// <summary>Its ports.</summary>
    public EquatableArray<ServicePort> Ports { get; init; }

    /// <summary>Its address in the cluster; <c>None</c> for a headless Service; null to get one.</summary>
    public string? ClusterIP { get; init; }

    /// <summary>One address per family; the first is ClusterIP.</summary>
    /// <value>At most 2.</value>
    public EquatableArray<string> ClusterIPs { get; init; }

    /// <summary>Its address families in order: <c>IPv4</c>, <c>IPv6</c>.</summary>
    /// <value>At most 2.</value>
    public EquatableArray<string> IPFamilies { get; init; }

    /// <summary><c>SingleStack</c>, <c>PreferDualStack</c> or <c>RequireDualStack</c>.</summary>
    public string? IPFamilyPolicy { get; init; }

    /// <summary>Further addresses at which nodes take traffic for it.</summary>
    public EquatableArray<string> ExternalIPs { get; init; }

    /// <summary>The name that a Service of type ExternalName stands for.</summary>
    public string? ExternalName { get; init; }

    /// <summary>Which endpoints traffic from outside may reach: see <see cref="TrafficPolicy"/>.</summary>
    public string? ExternalTrafficPolicy { get; init; }

    /// <summary>Which endpoints traffic to the ClusterIP may reach: see <see cref="TrafficPolicy"/>.</summary>
    public string? InternalTrafficPolicy { get; init; }

    /// <summary>A preference for near endpoints: see <see cref="Api.TrafficDistribution"/>; null for none.</summary>
    public string? TrafficDistribution { get; init; }

    /// <summary>Whether a client stays with an endpoint: see <see cref="Api.SessionAffinity"/>.</summary>
    public string? SessionAffinity { get; init; }

    /// <summary>For how long.</summary>
    public SessionAffinityConfig? SessionAffinityConfig { get; init; }

    /// <summary>Whether Pods that are not ready count as ready.</summary>
    public bool? PublishNotReadyAddresses { get; init; }

    /// <summary>The port of every node that says whether the node has ready endpoints.</summary>
    /// <value>1 to 65535; for type LoadBalancer under external policy Local.</value>
    public int? HealthCheckNodePort { get; init; }

    /// <summary>Whether a Service of type LoadBalancer gets node ports; true by default.</summary>
    public bool? AllocateLoadBalancerNodePorts { get; init; }

    /// <summary>Which load balancer implementation is to serve it; null for the cluster's own.</summary>
    public string? LoadBalancerClass { get; init; }

    /// <summary>The address asked of the load balancer (deprecated).</summary>
    public string? LoadBalancerIP { get; init; }

    /// <summary>Blocks from which the load balancer's address may be reached; empty for everywhere.</summary>
    public EquatableArray<string> LoadBalancerSourceRanges { get; init; }

    /// <summary>The fields that are not typed here, as they came.</summary>
    public CarriedFields Carried { get; init; }

    internal static ServiceSpec Map(FieldMap map, ServiceSpec? value) => new()
    {
        Type = map.Text("type", value?.Type),
        Selector = map.Labels("selector", value?.Selector ?? default),
        Ports = map.List("ports", value?.Ports ?? default, ServicePort.Map),
        ClusterIP = map.Text("clusterIP", value?.ClusterIP),
        ClusterIPs = map.Texts("clusterIPs", value?.ClusterIPs ?? default),
        IPFamilies = map.Texts("ipFamilies", value?.IPFamilies ?? default),
        IPFamilyPolicy = map.Text("ipFamilyPolicy", value?.IPFamilyPolicy),
        ExternalIPs = map.Texts("externalIPs", value?.ExternalIPs ?? default),
        ExternalName = map.Text("externalName", value?.ExternalName),
        ExternalTrafficPolicy = map.Text("externalTrafficPolicy", value?.ExternalTrafficPolicy),
        InternalTrafficPolicy = map.Text("internalTrafficPolicy", value?.InternalTrafficPolicy),
        TrafficDistribution = map.Text("trafficDistribution", value?.TrafficDistribution),
        SessionAffinity = map.Text("sessionAffinity", value?.SessionAffinity),
        SessionAffinityConfig = map.Object("sessionAffinityConfig", value?.SessionAffinityConfig, SessionAffinityConfig.Map),
        PublishNotReadyAddresses = map.Flag("publishNotReadyAddresses", value?.PublishNotReadyAddresses),
        HealthCheckNodePort = map.Int("healthCheckNodePort", value?.HealthCheckNodePort),
        AllocateLoadBalancerNodePorts = map.Flag("allocateLoadBalancerNodePorts", value?.AllocateLoadBalancerNodePorts),
        LoadBalancerClass = map.Text("loadBalancerClass", value?.LoadBalancerClass),
        LoadBalancerIP = map.Text("loadBalancerIP", value?.LoadBalancerIP),
        LoadBalancerSourceRanges = map.Texts("loadBalancerSourceRanges", value?.LoadBalancerSourceRanges ?? default),
        Carried = map.Rest(value?.Carried ?? default),
    };
}
