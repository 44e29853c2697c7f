using KubeSim.Collections;

namespace KubeSim.Api;

/// <summary>What the load balancer has given.</summary>
public sealed record LoadBalancerStatus
{
    /// <summary>The one in which nothing is set.</summary>
    public static LoadBalancerStatus Empty { get; } = new();

    /// <summary>The addresses at which it takes traffic; empty while pending.</summary>
    public EquatableArray<LoadBalancerIngress> Ingress { get; init; }

    /// <summary>The fields that are not typed here, as they came.</summary>
    public CarriedFields Carried { get; init; }

    internal static LoadBalancerStatus Map(FieldMap map, LoadBalancerStatus? value) => new()
    {
        Ingress = map.List("ingress", value?.Ingress ?? default, LoadBalancerIngress.Map),
        Carried = map.Rest(value?.Carried ?? default),
    };
}
