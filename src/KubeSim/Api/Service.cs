namespace KubeSim.Api;

/// <summary>One address and one name, that never change, for a set of Pods.</summary>
public sealed record Service : KubernetesObject
{
    /// <inheritdoc/>
    public override ResourceType Resource => ResourceType.Service;

    /// <summary>What is wanted of it.</summary>
    public ServiceSpec Spec { get; init; } = ServiceSpec.Empty;

    /// <summary>Its state.</summary>
    public ServiceStatus Status { get; init; } = ServiceStatus.Empty;

    internal static Service Map(FieldMap map, Service? value) => new()
    {
        Metadata = map.Object("metadata", value?.Metadata, ObjectMeta.Map, ObjectMeta.Empty),
        Spec = map.Object("spec", value?.Spec, ServiceSpec.Map, ServiceSpec.Empty),
        Status = map.Object("status", value?.Status, ServiceStatus.Map, ServiceStatus.Empty),
        Carried = map.Rest(value?.Carried ?? default),
    };
}
