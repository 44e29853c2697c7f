namespace KubeSim.Api;

/// <summary>One address of an <see cref="Endpoints"/>.</summary>
public sealed record EndpointAddress
{
    /// <summary>The address.</summary>
    public string IP { get; init; } = "";

    /// <summary>Its name in a headless Service.</summary>
    public string? Hostname { get; init; }

    /// <summary>The node it is on.</summary>
    public string? NodeName { get; init; }

    /// <summary>The Pod behind it.</summary>
    public ObjectReference? TargetRef { get; init; }

    /// <summary>The fields that are not typed here, as they came.</summary>
    public CarriedFields Carried { get; init; }

    internal static EndpointAddress Map(FieldMap map, EndpointAddress? value) => new()
    {
        IP = map.TextOrEmpty("ip", value?.IP),
        Hostname = map.Text("hostname", value?.Hostname),
        NodeName = map.Text("nodeName", value?.NodeName),
        TargetRef = map.Object("targetRef", value?.TargetRef, ObjectReference.Map),
        Carried = map.Rest(value?.Carried ?? default),
    };
}
