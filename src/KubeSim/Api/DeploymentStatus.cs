using KubeSim.Collections;

namespace KubeSim.Api;

/// <summary>The state of a Deployment.</summary>
public sealed record DeploymentStatus
{
    /// <summary>The one in which nothing is set.</summary>
    public static DeploymentStatus Empty { get; } = new();

    /// <summary>The generation that was looked at.</summary>
    public long? ObservedGeneration { get; init; }

    /// <summary>How many Pods there are.</summary>
    public int? Replicas { get; init; }

    /// <summary>How many have the present template.</summary>
    public int? UpdatedReplicas { get; init; }

    /// <summary>How many are ready.</summary>
    public int? ReadyReplicas { get; init; }

    /// <summary>How many have been ready for long enough.</summary>
    public int? AvailableReplicas { get; init; }

    /// <summary>How many are missing.</summary>
    public int? UnavailableReplicas { get; init; }

    /// <summary>Its conditions.</summary>
    public EquatableArray<Condition> Conditions { get; init; }

    /// <summary>The fields that are not typed here, as they came.</summary>
    public CarriedFields Carried { get; init; }

    internal static DeploymentStatus Map(FieldMap map, DeploymentStatus? value) => new()
    {
        ObservedGeneration = map.Number("observedGeneration", value?.ObservedGeneration),
        Replicas = map.Int("replicas", value?.Replicas),
        UpdatedReplicas = map.Int("updatedReplicas", value?.UpdatedReplicas),
        ReadyReplicas = map.Int("readyReplicas", value?.ReadyReplicas),
        AvailableReplicas = map.Int("availableReplicas", value?.AvailableReplicas),
        UnavailableReplicas = map.Int("unavailableReplicas", value?.UnavailableReplicas),
        Conditions = map.List("conditions", value?.Conditions ?? default, Condition.Map),
        Carried = map.Rest(value?.Carried ?? default, "collisionCount", "terminatingReplicas"),
    };
}
