using KubeSim.Collections;

namespace KubeSim.Api;

/// <summary>The state of a ReplicaSet.</summary>
public sealed record ReplicaSetStatus
{
    /// <summary>The one in which nothing is set.</summary>
    public static ReplicaSetStatus Empty { get; } = new();

    /// <summary>How many Pods there are.</summary>
    public int? Replicas { get; init; }

    /// <summary>How many have all labels of the template.</summary>
    public int? FullyLabeledReplicas { get; init; }

    /// <summary>How many are ready.</summary>
    public int? ReadyReplicas { get; init; }

    /// <summary>How many have been ready for long enough.</summary>
    public int? AvailableReplicas { get; init; }

    /// <summary>The generation that was looked at.</summary>
    public long? ObservedGeneration { get; init; }

    /// <summary>Its conditions.</summary>
    public EquatableArray<Condition> Conditions { get; init; }

    /// <summary>The fields that are not typed here, as they came.</summary>
    public CarriedFields Carried { get; init; }

    internal static ReplicaSetStatus Map(FieldMap map, ReplicaSetStatus? value) => new()
    {
        Replicas = map.Int("replicas", value?.Replicas),
        FullyLabeledReplicas = map.Int("fullyLabeledReplicas", value?.FullyLabeledReplicas),
        ReadyReplicas = map.Int("readyReplicas", value?.ReadyReplicas),
        AvailableReplicas = map.Int("availableReplicas", value?.AvailableReplicas),
        ObservedGeneration = map.Number("observedGeneration", value?.ObservedGeneration),
        Conditions = map.List("conditions", value?.Conditions ?? default, Condition.Map),
        Carried = map.Rest(value?.Carried ?? default, "terminatingReplicas"),
    };
}
