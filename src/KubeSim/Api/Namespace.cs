namespace KubeSim.Api;

/// <summary>A part of the cluster with names of its own.</summary>
public sealed record Namespace : KubernetesObject
{
    /// <inheritdoc/>
    public override ResourceType Resource => ResourceType.Namespace;

    /// <summary>What is wanted of it.</summary>
    public NamespaceSpec Spec { get; init; } = NamespaceSpec.Empty;

    /// <summary>Its state.</summary>
    public NamespaceStatus Status { get; init; } = NamespaceStatus.Empty;

    internal static Namespace Map(FieldMap map, Namespace? value) => new()
    {
        Metadata = map.Object("metadata", value?.Metadata, ObjectMeta.Map, ObjectMeta.Empty),
        Spec = map.Object("spec", value?.Spec, NamespaceSpec.Map, NamespaceSpec.Empty),
        Status = map.Object("status", value?.Status, NamespaceStatus.Map, NamespaceStatus.Empty),
        Carried = map.Rest(value?.Carried ?? default),
    };
}
