using KubeSim.Collections;

namespace KubeSim.Api;

/// <summary>A member of an EndpointSlice.</summary>
public sealed record Endpoint
{
    /// <summary>Its addresses; kube-proxy takes the first.</summary>
    /// <value>1 to 100.</value>
    public EquatableArray<string> Addresses { get; init; }

    /// <summary>Whether it takes traffic.</summary>
    public EndpointConditions Conditions { get; init; } = EndpointConditions.Empty;

    /// <summary>Its name in a headless Service.</summary>
    public string? Hostname { get; init; }

    /// <summary>The node it is on.</summary>
    public string? NodeName { get; init; }

    /// <summary>The zone it is in.</summary>
    public string? Zone { get; init; }

    /// <summary>The Pod behind it.</summary>
    public ObjectReference? TargetRef { get; init; }

    /// <summary>Who should prefer it.</summary>
    public EndpointHints? Hints { get; init; }

    /// <summary>The fields that are not typed here, as they came.</summary>
    public CarriedFields Carried { get; init; }

    internal static Endpoint Map(FieldMap map, Endpoint? value) => new()
    {
        Addresses = map.Texts("addresses", value?.Addresses ?? default),
        Conditions = map.Object("conditions", value?.Conditions, EndpointConditions.Map, EndpointConditions.Empty),
        Hostname = map.Text("hostname", value?.Hostname),
        NodeName = map.Text("nodeName", value?.NodeName),
        Zone = map.Text("zone", value?.Zone),
        TargetRef = map.Object("targetRef", value?.TargetRef, ObjectReference.Map),
        Hints = map.Object("hints", value?.Hints, EndpointHints.Map),
        Carried = map.Rest(value?.Carried ?? default, "deprecatedTopology"),
    };
}
