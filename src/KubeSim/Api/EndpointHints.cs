using KubeSim.Collections;

namespace KubeSim.Api;

/// <summary>Who should prefer an endpoint.</summary>
public sealed record EndpointHints
{
    /// <summary>The zones.</summary>
    /// <value>At most 8.</value>
    public EquatableArray<ForZone> ForZones { get; init; }

    /// <summary>The nodes.</summary>
    /// <value>At most 8.</value>
    public EquatableArray<ForNode> ForNodes { get; init; }

    /// <summary>The fields that are not typed here, as they came.</summary>
    public CarriedFields Carried { get; init; }

    internal static EndpointHints Map(FieldMap map, EndpointHints? value) => new()
    {
        ForZones = map.List("forZones", value?.ForZones ?? default, ForZone.Map),
        ForNodes = map.List("forNodes", value?.ForNodes ?? default, ForNode.Map),
        Carried = map.Rest(value?.Carried ?? default),
    };
}
