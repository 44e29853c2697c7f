namespace KubeSim.Api;

/// <summary>A resolver option, such as <c>ndots</c>.</summary>
public sealed record PodDnsConfigOption
{
    /// <summary>Its name.</summary>
    public string? Name { get; init; }

    /// <summary>Its value; null for an option without one.</summary>
    public string? Value { get; init; }

    /// <summary>The fields that are not typed here, as they came.</summary>
    public CarriedFields Carried { get; init; }

    internal static PodDnsConfigOption Map(FieldMap map, PodDnsConfigOption? value) => new()
    {
        Name = map.Text("name", value?.Name),
        Value = map.Text("value", value?.Value),
        Carried = map.Rest(value?.Carried ?? default),
    };
}
