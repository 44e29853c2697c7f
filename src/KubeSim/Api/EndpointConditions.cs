namespace KubeSim.Api;

/// <summary>Whether an endpoint takes traffic; null where unknown.</summary>
public sealed record EndpointConditions
{
    /// <summary>The one in which nothing is set.</summary>
    public static EndpointConditions Empty { get; } = new();

    /// <summary>Whether it takes new traffic; null counts as true.</summary>
    public bool? Ready { get; init; }

    /// <summary>Whether it answers, also while it terminates; null counts as true.</summary>
    public bool? Serving { get; init; }

    /// <summary>Whether it is on its way out; null counts as false.</summary>
    public bool? Terminating { get; init; }

    /// <summary>The fields that are not typed here, as they came.</summary>
    public CarriedFields Carried { get; init; }

    internal static EndpointConditions Map(FieldMap map, EndpointConditions? value) => new()
    {
        Ready = map.Flag("ready", value?.Ready),
        Serving = map.Flag("serving", value?.Serving),
        Terminating = map.Flag("terminating", value?.Terminating),
        Carried = map.Rest(value?.Carried ?? default),
    };
}
