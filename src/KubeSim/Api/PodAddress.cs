namespace KubeSim.Api;

/// <summary>An address of a Pod or of its node.</summary>
public sealed record PodAddress
{
    /// <summary>The address.</summary>
    public string IP { get; init; } = "";

    /// <summary>The fields that are not typed here, as they came.</summary>
    public CarriedFields Carried { get; init; }

    internal static PodAddress Map(FieldMap map, PodAddress? value) => new()
    {
        IP = map.TextOrEmpty("ip", value?.IP),
        Carried = map.Rest(value?.Carried ?? default),
    };
}
