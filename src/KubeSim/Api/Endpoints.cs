using KubeSim.Collections;

namespace KubeSim.Api;

/// <summary>The older list of a Service's endpoints, in one object (deprecated in favour of EndpointSlices).</summary>
public sealed record Endpoints : KubernetesObject
{
    /// <inheritdoc/>
    public override ResourceType Resource => ResourceType.Endpoints;

    /// <summary>Addresses with the ports they share.</summary>
    public EquatableArray<EndpointSubset> Subsets { get; init; }

    internal static Endpoints Map(FieldMap map, Endpoints? value) => new()
    {
        Metadata = map.Object("metadata", value?.Metadata, ObjectMeta.Map, ObjectMeta.Empty),
        Subsets = map.List("subsets", value?.Subsets ?? default, EndpointSubset.Map),
        Carried = map.Rest(value?.Carried ?? default),
    };
}
