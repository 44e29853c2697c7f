namespace KubeSim.Api;

/// <summary>What became of a port of a load balancer.</summary>
public sealed record LoadBalancerPortStatus
{
    /// <summary>The port.</summary>
    /// <value>1 to 65535.</value>
    public int? Port { get; init; }

    /// <summary>See <see cref="Api.Protocol"/>.</summary>
    public string? Protocol { get; init; }

    /// <summary>Why it does not work.</summary>
    public string? Error { get; init; }

    /// <summary>The fields that are not typed here, as they came.</summary>
    public CarriedFields Carried { get; init; }

    internal static LoadBalancerPortStatus Map(FieldMap map, LoadBalancerPortStatus? value) => new()
    {
        Port = map.Int("port", value?.Port),
        Protocol = map.Text("protocol", value?.Protocol),
        Error = map.Text("error", value?.Error),
        Carried = map.Rest(value?.Carried ?? default),
    };
}
