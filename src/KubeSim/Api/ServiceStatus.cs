using KubeSim.Collections;

namespace KubeSim.Api;

/// <summary>The state of a Service.</summary>
public sealed record ServiceStatus
{
    /// <summary>The one in which nothing is set.</summary>
    public static ServiceStatus Empty { get; } = new();

    /// <summary>What the load balancer has given.</summary>
    public LoadBalancerStatus LoadBalancer { get; init; } = LoadBalancerStatus.Empty;

    /// <summary>Its conditions.</summary>
    public EquatableArray<Condition> Conditions { get; init; }

    /// <summary>The fields that are not typed here, as they came.</summary>
    public CarriedFields Carried { get; init; }

    internal static ServiceStatus Map(FieldMap map, ServiceStatus? value) => new()
    {
        LoadBalancer = map.Object("loadBalancer", value?.LoadBalancer, LoadBalancerStatus.Map, LoadBalancerStatus.Empty),
        Conditions = map.List("conditions", value?.Conditions ?? default, Condition.Map),
        Carried = map.Rest(value?.Carried ?? default),
    };
}
