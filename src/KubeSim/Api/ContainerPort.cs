namespace KubeSim.Api;

/// <summary>A port on which a container listens.</summary>
public sealed record ContainerPort
{
    /// <summary>The name by which a Service's targetPort can mean it.</summary>
    public string? Name { get; init; }

    /// <summary>The number (<c>containerPort</c>).</summary>
    /// <value>1 to 65535.</value>
    public int? Port { get; init; }

    /// <summary>The node's port that leads to it.</summary>
    /// <value>1 to 65535.</value>
    public int? HostPort { get; init; }

    /// <summary>The node's address to which HostPort is bound.</summary>
    public string? HostIP { get; init; }

    /// <summary>See <see cref="Api.Protocol"/>; TCP by default.</summary>
    public string? Protocol { get; init; }

    /// <summary>The fields that are not typed here, as they came.</summary>
    public CarriedFields Carried { get; init; }

    internal static ContainerPort Map(FieldMap map, ContainerPort? value) => new()
    {
        Name = map.Text("name", value?.Name),
        Port = map.Int("containerPort", value?.Port),
        HostPort = map.Int("hostPort", value?.HostPort),
        HostIP = map.Text("hostIP", value?.HostIP),
        Protocol = map.Text("protocol", value?.Protocol),
        Carried = map.Rest(value?.Carried ?? default),
    };
}
