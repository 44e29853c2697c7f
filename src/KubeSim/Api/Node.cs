namespace KubeSim.Api;

/// <summary>A machine of the cluster.</summary>
public sealed record Node : KubernetesObject
{
    /// <inheritdoc/>
    public override ResourceType Resource => ResourceType.Node;

    /// <summary>What is wanted of it.</summary>
    public NodeSpec Spec { get; init; } = NodeSpec.Empty;

    /// <summary>Its state.</summary>
    public NodeStatus Status { get; init; } = NodeStatus.Empty;

    internal static Node Map(FieldMap map, Node? value) => new()
    {
        Metadata = map.Object("metadata", value?.Metadata, ObjectMeta.Map, ObjectMeta.Empty),
        Spec = map.Object("spec", value?.Spec, NodeSpec.Map, NodeSpec.Empty),
        Status = map.Object("status", value?.Status, NodeStatus.Map, NodeStatus.Empty),
        Carried = map.Rest(value?.Carried ?? default),
    };
}
