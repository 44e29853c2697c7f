namespace KubeSim.Api;

/// <summary>For how long a client stays with its endpoint.</summary>
public sealed record SessionAffinityConfig
{
    /// <summary>The settings for <see cref="Api.SessionAffinity.ClientIP"/>.</summary>
    public ClientIPConfig? ClientIP { get; init; }

    /// <summary>The fields that are not typed here, as they came.</summary>
    public CarriedFields Carried { get; init; }

    internal static SessionAffinityConfig Map(FieldMap map, SessionAffinityConfig? value) => new()
    {
        ClientIP = map.Object("clientIP", value?.ClientIP, ClientIPConfig.Map),
        Carried = map.Rest(value?.Carried ?? default),
    };
}
