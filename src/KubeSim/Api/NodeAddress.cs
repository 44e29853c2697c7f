namespace KubeSim.Api;

/// <summary>An address or a name of a node.</summary>
public sealed record NodeAddress
{
    /// <summary><c>InternalIP</c>, <c>ExternalIP</c>, <c>Hostname</c>, <c>InternalDNS</c> or <c>ExternalDNS</c>.</summary>
    public string Type { get; init; } = "";

    /// <summary>The address or name.</summary>
    public string Address { get; init; } = "";

    /// <summary>The fields that are not typed here, as they came.</summary>
    public CarriedFields Carried { get; init; }

    internal static NodeAddress Map(FieldMap map, NodeAddress? value) => new()
    {
        Type = map.TextOrEmpty("type", value?.Type),
        Address = map.TextOrEmpty("address", value?.Address),
        Carried = map.Rest(value?.Carried ?? default),
    };
}
