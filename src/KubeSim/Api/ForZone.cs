namespace KubeSim.Api;

/// <summary>A zone that should prefer an endpoint.</summary>
public sealed record ForZone
{
    /// <summary>The zone.</summary>
    public string Name { get; init; } = "";

    /// <summary>The fields that are not typed here, as they came.</summary>
    public CarriedFields Carried { get; init; }

    internal static ForZone Map(FieldMap map, ForZone? value) => new()
    {
        Name = map.TextOrEmpty("name", value?.Name),
        Carried = map.Rest(value?.Carried ?? default),
    };
}
