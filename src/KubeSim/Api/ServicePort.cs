namespace KubeSim.Api;

/// <summary>A port of a Service.</summary>
public sealed record ServicePort
{
    /// <summary>Its name; may be left out where it is the only one.</summary>
    public string? Name { get; init; }

    /// <summary>See <see cref="Api.Protocol"/>; TCP by default.</summary>
    public string? Protocol { get; init; }

    /// <summary>What is spoken over it.</summary>
    public string? AppProtocol { get; init; }

    /// <summary>The number at the Service's addresses.</summary>
    /// <value>1 to 65535.</value>
    public int? Port { get; init; }

    /// <summary>The number or the name of the Pods' port; the same as Port by default.</summary>
    public IntOrString? TargetPort { get; init; }

    /// <summary>The port of every node that leads to it.</summary>
    /// <value>30000 to 32767 by default; null to get one where the type wants one.</value>
    public int? NodePort { get; init; }

    /// <summary>The fields that are not typed here, as they came.</summary>
    public CarriedFields Carried { get; init; }

    internal static ServicePort Map(FieldMap map, ServicePort? value) => new()
    {
        Name = map.Text("name", value?.Name),
        Protocol = map.Text("protocol", value?.Protocol),
        AppProtocol = map.Text("appProtocol", value?.AppProtocol),
        Port = map.Int("port", value?.Port),
        TargetPort = map.NumberOrText("targetPort", value?.TargetPort),
        NodePort = map.Int("nodePort", value?.NodePort),
        Carried = map.Rest(value?.Carried ?? default),
    };
}
