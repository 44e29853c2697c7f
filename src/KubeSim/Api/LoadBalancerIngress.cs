using KubeSim.Collections;

namespace KubeSim.Api;

/// <summary>An address at which a load balancer takes traffic.</summary>
public sealed record LoadBalancerIngress
{
    /// <summary>The address.</summary>
    public string? IP { get; init; }

    /// <summary>The name, where the provider gives names.</summary>
    public string? Hostname { get; init; }

    /// <summary><c>VIP</c>: packets reach the node with this address as destination. <c>Proxy</c>: with the node's or Pod's.</summary>
    public string? IPMode { get; init; }

    /// <summary>What became of each port.</summary>
    public EquatableArray<LoadBalancerPortStatus> Ports { get; init; }

    /// <summary>The fields that are not typed here, as they came.</summary>
    public CarriedFields Carried { get; init; }

    internal static LoadBalancerIngress Map(FieldMap map, LoadBalancerIngress? value) => new()
    {
        IP = map.Text("ip", value?.IP),
        Hostname = map.Text("hostname", value?.Hostname),
        IPMode = map.Text("ipMode", value?.IPMode),
        Ports = map.List("ports", value?.Ports ?? default, LoadBalancerPortStatus.Map),
        Carried = map.Rest(value?.Carried ?? default),
    };
}
