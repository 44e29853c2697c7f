namespace KubeSim.Api;

/// <summary>Keeps a number of like Pods.</summary>
public sealed record ReplicaSet : KubernetesObject
{
    /// <inheritdoc/>
    public override ResourceType Resource => ResourceType.ReplicaSet;

    /// <summary>What is wanted of it.</summary>
    public ReplicaSetSpec Spec { get; init; } = ReplicaSetSpec.Empty;

    /// <summary>Its state.</summary>
    public ReplicaSetStatus Status { get; init; } = ReplicaSetStatus.Empty;

    internal static ReplicaSet Map(FieldMap map, ReplicaSet? value) => new()
    {
        Metadata = map.Object("metadata", value?.Metadata, ObjectMeta.Map, ObjectMeta.Empty),
        Spec = map.Object("spec", value?.Spec, ReplicaSetSpec.Map, ReplicaSetSpec.Empty),
        Status = map.Object("status", value?.Status, ReplicaSetStatus.Map, ReplicaSetStatus.Empty),
        Carried = map.Rest(value?.Carried ?? default),
    };
}
