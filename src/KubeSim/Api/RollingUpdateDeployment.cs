namespace KubeSim.Api;

/// <summary>How far a rolling update may deviate from the wanted number.</summary>
public sealed record RollingUpdateDeployment
{
    /// <summary>How many Pods may be missing: a number, or a percentage rounded down.</summary>
    /// <value>25% by default.</value>
    public IntOrString? MaxUnavailable { get; init; }

    /// <summary>How many Pods more there may be: a number, or a percentage rounded up.</summary>
    /// <value>25% by default.</value>
    public IntOrString? MaxSurge { get; init; }

    /// <summary>The fields that are not typed here, as they came.</summary>
    public CarriedFields Carried { get; init; }

    internal static RollingUpdateDeployment Map(FieldMap map, RollingUpdateDeployment? value) => new()
    {
        MaxUnavailable = map.NumberOrText("maxUnavailable", value?.MaxUnavailable),
        MaxSurge = map.NumberOrText("maxSurge", value?.MaxSurge),
        Carried = map.Rest(value?.Carried ?? default),
    };
}
