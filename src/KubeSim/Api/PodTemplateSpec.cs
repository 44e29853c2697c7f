namespace KubeSim.Api;

/// <summary>What the Pods of a controller look like.</summary>
public sealed record PodTemplateSpec
{
    /// <summary>The one in which nothing is set.</summary>
    public static PodTemplateSpec Empty { get; } = new();

    /// <summary>Their labels and annotations.</summary>
    public ObjectMeta Metadata { get; init; } = ObjectMeta.Empty;

    /// <summary>What is wanted of them.</summary>
    public PodSpec Spec { get; init; } = PodSpec.Empty;

    /// <summary>The fields that are not typed here, as they came.</summary>
    public CarriedFields Carried { get; init; }

    internal static PodTemplateSpec Map(FieldMap map, PodTemplateSpec? value) => new()
    {
        Metadata = map.Object("metadata", value?.Metadata, ObjectMeta.Map, ObjectMeta.Empty),
        Spec = map.Object("spec", value?.Spec, PodSpec.Map, PodSpec.Empty),
        Carried = map.Rest(value?.Carried ?? default),
    };
}
