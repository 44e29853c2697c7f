namespace KubeSim.Api;

/// <summary>Containers that share one address.</summary>
public sealed record Pod : KubernetesObject
{
    /// <inheritdoc/>
    public override ResourceType Resource => ResourceType.Pod;

    /// <summary>What is wanted of it.</summary>
    public PodSpec Spec { get; init; } = PodSpec.Empty;

    /// <summary>Its state.</summary>
    public PodStatus Status { get; init; } = PodStatus.Empty;

    internal static Pod Map(FieldMap map, Pod? value) => new()
    {
        Metadata = map.Object("metadata", value?.Metadata, ObjectMeta.Map, ObjectMeta.Empty),
        Spec = map.Object("spec", value?.Spec, PodSpec.Map, PodSpec.Empty),
        Status = map.Object("status", value?.Status, PodStatus.Map, PodStatus.Empty),
        Carried = map.Rest(value?.Carried ?? default),
    };
}
