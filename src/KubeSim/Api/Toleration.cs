namespace KubeSim.Api;

/// <summary>Lets a Pod onto nodes with a taint.</summary>
public sealed record Toleration
{
    /// <summary>The taint's key; empty with the operator <c>Exists</c> for every key.</summary>
    public string? Key { get; init; }

    /// <summary><c>Equal</c> (the default) or <c>Exists</c>.</summary>
    public string? Operator { get; init; }

    /// <summary>The taint's value.</summary>
    public string? Value { get; init; }

    /// <summary>The taint's effect; empty for every effect.</summary>
    public string? Effect { get; init; }

    /// <summary>How long a <c>NoExecute</c> taint is tolerated; null for ever.</summary>
    /// <value>Seconds.</value>
    public long? TolerationSeconds { get; init; }

    /// <summary>The fields that are not typed here, as they came.</summary>
    public CarriedFields Carried { get; init; }

    internal static Toleration Map(FieldMap map, Toleration? value) => new()
    {
        Key = map.Text("key", value?.Key),
        Operator = map.Text("operator", value?.Operator),
        Value = map.Text("value", value?.Value),
        Effect = map.Text("effect", value?.Effect),
        TolerationSeconds = map.Number("tolerationSeconds", value?.TolerationSeconds),
        Carried = map.Rest(value?.Carried ?? default),
    };
}
