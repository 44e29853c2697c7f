namespace KubeSim.Api;

/// <summary>Names an object that this object belongs to, in the same namespace or of the cluster itself.</summary>
public sealed record OwnerReference
{
    /// <summary>The owner's group and version, for example <c>apps/v1</c>.</summary>
    public string ApiVersion { get; init; } = "";

    /// <summary>The owner's kind.</summary>
    public string Kind { get; init; } = "";

    /// <summary>The owner's name.</summary>
    public string Name { get; init; } = "";

    /// <summary>The owner's identity.</summary>
    public string Uid { get; init; } = "";

    /// <summary>Whether the owner manages this object; at most one does.</summary>
    public bool? Controller { get; init; }

    /// <summary>Whether a foreground deletion of the owner waits for this object.</summary>
    public bool? BlockOwnerDeletion { get; init; }

    /// <summary>The fields that are not typed here, as they came.</summary>
    public CarriedFields Carried { get; init; }

    internal static OwnerReference Map(FieldMap map, OwnerReference? value) => new()
    {
        ApiVersion = map.TextOrEmpty("apiVersion", value?.ApiVersion),
        Kind = map.TextOrEmpty("kind", value?.Kind),
        Name = map.TextOrEmpty("name", value?.Name),
        Uid = map.TextOrEmpty("uid", value?.Uid),
        Controller = map.Flag("controller", value?.Controller),
        BlockOwnerDeletion = map.Flag("blockOwnerDeletion", value?.BlockOwnerDeletion),
        Carried = map.Rest(value?.Carried ?? default),
    };
}
