namespace KubeSim.Api;

/// <summary>For how long a client's address stays with its endpoint.</summary>
public sealed record ClientIPConfig
{
    /// <summary>From the last new connection.</summary>
    /// <value>1 to 86,400 seconds; 10,800 by default.</value>
    public int? TimeoutSeconds { get; init; }

    /// <summary>The fields that are not typed here, as they came.</summary>
    public CarriedFields Carried { get; init; }

    internal static ClientIPConfig Map(FieldMap map, ClientIPConfig? value) => new()
    {
        TimeoutSeconds = map.Int("timeoutSeconds", value?.TimeoutSeconds),
        Carried = map.Rest(value?.Carried ?? default),
    };
}
