namespace KubeSim.Api;

/// <summary>What is wanted of a ReplicaSet.</summary>
public sealed record ReplicaSetSpec
{
    /// <summary>The one in which nothing is set.</summary>
    public static ReplicaSetSpec Empty { get; } = new();

    /// <summary>How many Pods.</summary>
    /// <value>0 or more; 1 by default.</value>
    public int? Replicas { get; init; }

    /// <summary>How long a new Pod must be ready to count as available.</summary>
    /// <value>Seconds, 0 by default.</value>
    public int? MinReadySeconds { get; init; }

    /// <summary>Which Pods are its own; must match the template's labels.</summary>
    public LabelSelector? Selector { get; init; }

    /// <summary>What its Pods look like.</summary>
    public PodTemplateSpec Template { get; init; } = PodTemplateSpec.Empty;

    /// <summary>The fields that are not typed here, as they came.</summary>
    public CarriedFields Carried { get; init; }

    internal static ReplicaSetSpec Map(FieldMap map, ReplicaSetSpec? value) => new()
    {
        Replicas = map.Int("replicas", value?.Replicas),
        MinReadySeconds = map.Int("minReadySeconds", value?.MinReadySeconds),
        Selector = map.Object("selector", value?.Selector, LabelSelector.Map),
        Template = map.Object("template", value?.Template, PodTemplateSpec.Map, PodTemplateSpec.Empty),
        Carried = map.Rest(value?.Carried ?? default),
    };
}
