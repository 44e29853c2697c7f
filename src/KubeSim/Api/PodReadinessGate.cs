namespace KubeSim.Api;

/// <summary>A condition of the Pod that must be true for it to be ready.</summary>
public sealed record PodReadinessGate
{
    /// <summary>The condition's type.</summary>
    public string ConditionType { get; init; } = "";

    /// <summary>The fields that are not typed here, as they came.</summary>
    public CarriedFields Carried { get; init; }

    internal static PodReadinessGate Map(FieldMap map, PodReadinessGate? value) => new()
    {
        ConditionType = map.TextOrEmpty("conditionType", value?.ConditionType),
        Carried = map.Rest(value?.Carried ?? default),
    };
}
