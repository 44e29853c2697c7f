namespace KubeSim.Api;

/// <summary>One aspect of an object's state. Pods, Nodes, Deployments and Services all use this form.</summary>
public sealed record Condition
{
    /// <summary>Which aspect, for example <c>Ready</c>.</summary>
    public string Type { get; init; } = "";

    /// <summary><c>True</c>, <c>False</c> or <c>Unknown</c>: see <see cref="ConditionStatus"/>.</summary>
    public string Status { get; init; } = "";

    /// <summary>Why, as one word.</summary>
    public string? Reason { get; init; }

    /// <summary>Why, as a sentence.</summary>
    public string? Message { get; init; }

    /// <summary>The generation that was looked at.</summary>
    public long? ObservedGeneration { get; init; }

    /// <summary>When it was last looked at.</summary>
    public DateTimeOffset? LastHeartbeatTime { get; init; }

    /// <summary>When it was last probed.</summary>
    public DateTimeOffset? LastProbeTime { get; init; }

    /// <summary>When it was last written.</summary>
    public DateTimeOffset? LastUpdateTime { get; init; }

    /// <summary>When Status last changed.</summary>
    public DateTimeOffset? LastTransitionTime { get; init; }

    /// <summary>The fields that are not typed here, as they came.</summary>
    public CarriedFields Carried { get; init; }

    internal static Condition Map(FieldMap map, Condition? value) => new()
    {
        Type = map.TextOrEmpty("type", value?.Type),
        Status = map.TextOrEmpty("status", value?.Status),
        Reason = map.Text("reason", value?.Reason),
        Message = map.Text("message", value?.Message),
        ObservedGeneration = map.Number("observedGeneration", value?.ObservedGeneration),
        LastHeartbeatTime = map.Time("lastHeartbeatTime", value?.LastHeartbeatTime),
        LastProbeTime = map.Time("lastProbeTime", value?.LastProbeTime),
        LastUpdateTime = map.Time("lastUpdateTime", value?.LastUpdateTime),
        LastTransitionTime = map.Time("lastTransitionTime", value?.LastTransitionTime),
        Carried = map.Rest(value?.Carried ?? default),
    };
}
