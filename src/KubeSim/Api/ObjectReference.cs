namespace KubeSim.Api;

/// <summary>Names another object.</summary>
public sealed record ObjectReference
{
    /// <summary>Its group and version.</summary>
    public string? ApiVersion { get; init; }

    /// <summary>Its kind.</summary>
    public string? Kind { get; init; }

    /// <summary>Its namespace.</summary>
    public string? Namespace { get; init; }

    /// <summary>Its name.</summary>
    public string? Name { get; init; }

    /// <summary>Its identity.</summary>
    public string? Uid { get; init; }

    /// <summary>The version that is meant.</summary>
    public string? ResourceVersion { get; init; }

    /// <summary>The part of it that is meant.</summary>
    public string? FieldPath { get; init; }

    /// <summary>The fields that are not typed here, as they came.</summary>
    public CarriedFields Carried { get; init; }

    internal static ObjectReference Map(FieldMap map, ObjectReference? value) => new()
    {
        ApiVersion = map.Text("apiVersion", value?.ApiVersion),
        Kind = map.Text("kind", value?.Kind),
        Namespace = map.Text("namespace", value?.Namespace),
        Name = map.Text("name", value?.Name),
        Uid = map.Text("uid", value?.Uid),
        ResourceVersion = map.Text("resourceVersion", value?.ResourceVersion),
        FieldPath = map.Text("fieldPath", value?.FieldPath),
        Carried = map.Rest(value?.Carried ?? default),
    };
}
