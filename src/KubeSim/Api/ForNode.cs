namespace KubeSim.Api;

/// <summary>A node that should prefer an endpoint.</summary>
public sealed record ForNode
{
    /// <summary>The node.</summary>
    public string Name { get; init; } = "";

    /// <summary>The fields that are not typed here, as they came.</summary>
    public CarriedFields Carried { get; init; }

    internal static ForNode Map(FieldMap map, ForNode? value) => new()
    {
        Name = map.TextOrEmpty("name", value?.Name),
        Carried = map.Rest(value?.Carried ?? default),
    };
}
