namespace KubeSim.Api;

/// <summary>What is wanted of a Deployment.</summary>
public sealed record DeploymentSpec
{
    /// <summary>The one in which nothing is set.</summary>
    public static DeploymentSpec Empty { get; } = new();

    /// <summary>How many Pods.</summary>
    /// <value>0 or more; 1 by default.</value>
    public int? Replicas { get; init; }

    /// <summary>Which Pods are its own; must match the template's labels.</summary>
    public LabelSelector? Selector { get; init; }

    /// <summary>What its Pods look like.</summary>
    public PodTemplateSpec Template { get; init; } = PodTemplateSpec.Empty;

    /// <summary>How Pods are replaced.</summary>
    public DeploymentStrategy? Strategy { get; init; }

    /// <summary>How long a new Pod must be ready to count as available.</summary>
    /// <value>Seconds, 0 by default.</value>
    public int? MinReadySeconds { get; init; }

    /// <summary>How many old ReplicaSets are kept.</summary>
    /// <value>10 by default.</value>
    public int? RevisionHistoryLimit { get; init; }

    /// <summary>Whether changes of the template wait.</summary>
    public bool? Paused { get; init; }

    /// <summary>After how long without progress a rollout counts as failed.</summary>
    /// <value>Seconds, 600 by default.</value>
    public int? ProgressDeadlineSeconds { get; init; }

    /// <summary>The fields that are not typed here, as they came.</summary>
    public CarriedFields Carried { get; init; }

    internal static DeploymentSpec Map(FieldMap map, DeploymentSpec? value) => new()
    {
        Replicas = map.Int("replicas", value?.Replicas),
        Selector = map.Object("selector", value?.Selector, LabelSelector.Map),
        Template = map.Object("template", value?.Template, PodTemplateSpec.Map, PodTemplateSpec.Empty),
        Strategy = map.Object("strategy", value?.Strategy, DeploymentStrategy.Map),
        MinReadySeconds = map.Int("minReadySeconds", value?.MinReadySeconds),
        RevisionHistoryLimit = map.Int("revisionHistoryLimit", value?.RevisionHistoryLimit),
        Paused = map.Flag("paused", value?.Paused),
        ProgressDeadlineSeconds = map.Int("progressDeadlineSeconds", value?.ProgressDeadlineSeconds),
        Carried = map.Rest(value?.Carried ?? default),
    };
}
