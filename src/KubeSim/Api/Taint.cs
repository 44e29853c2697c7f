namespace KubeSim.Api;

/// <summary>Keeps Pods away from a node that do not tolerate it.</summary>
public sealed record Taint
{
    /// <summary>The taint's key.</summary>
    public string Key { get; init; } = "";

    /// <summary>The taint's value.</summary>
    public string? Value { get; init; }

    /// <summary><c>NoSchedule</c>, <c>PreferNoSchedule</c> or <c>NoExecute</c>.</summary>
    public string Effect { get; init; } = "";

    /// <summary>When it was added.</summary>
    public DateTimeOffset? TimeAdded { get; init; }

    /// <summary>The fields that are not typed here, as they came.</summary>
    public CarriedFields Carried { get; init; }

    internal static Taint Map(FieldMap map, Taint? value) => new()
    {
        Key = map.TextOrEmpty("key", value?.Key),
        Value = map.Text("value", value?.Value),
        Effect = map.TextOrEmpty("effect", value?.Effect),
        TimeAdded = map.Time("timeAdded", value?.TimeAdded),
        Carried = map.Rest(value?.Carried ?? default),
    };
}
