namespace KubeSim.Api;

/// <summary>Keeps a number of like Pods, and replaces them step by step when their template changes.</summary>
public sealed record Deployment : KubernetesObject
{
    /// <inheritdoc/>
    public override ResourceType Resource => ResourceType.Deployment;

    /// <summary>What is wanted of it.</summary>
    public DeploymentSpec Spec { get; init; } = DeploymentSpec.Empty;

    /// <summary>Its state.</summary>
    public DeploymentStatus Status { get; init; } = DeploymentStatus.Empty;

    internal static Deployment Map(FieldMap map, Deployment? value) => new()
    {
        Metadata = map.Object("metadata", value?.Metadata, ObjectMeta.Map, ObjectMeta.Empty),
        Spec = map.Object("spec", value?.Spec, DeploymentSpec.Map, DeploymentSpec.Empty),
        Status = map.Object("status", value?.Status, DeploymentStatus.Map, DeploymentStatus.Empty),
        Carried = map.Rest(value?.Carried ?? default),
    };
}
