namespace KubeSim.Api;

/// <summary>A port of endpoints.</summary>
public sealed record EndpointPort
{
    /// <summary>The name of the Service's port; empty where that has none.</summary>
    public string? Name { get; init; }

    /// <summary>The number.</summary>
    /// <value>0 to 65535; null for every port.</value>
    public int? Port { get; init; }

    /// <summary>See <see cref="Api.Protocol"/>.</summary>
    public string? Protocol { get; init; }

    /// <summary>What is spoken over it.</summary>
    public string? AppProtocol { get; init; }

    /// <summary>The fields that are not typed here, as they came.</summary>
    public CarriedFields Carried { get; init; }

    internal static EndpointPort Map(FieldMap map, EndpointPort? value) => new()
    {
        Name = map.Text("name", value?.Name),
        Port = map.Int("port", value?.Port),
        Protocol = map.Text("protocol", value?.Protocol),
        AppProtocol = map.Text("appProtocol", value?.AppProtocol),
        Carried = map.Rest(value?.Carried ?? default),
    };
}
