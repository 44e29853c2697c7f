using KubeSim.Collections;

namespace KubeSim.Api;

/// <summary>What is wanted of a namespace.</summary>
public sealed record NamespaceSpec
{
    /// <summary>The one in which nothing is set.</summary>
    public static NamespaceSpec Empty { get; } = new();

    /// <summary>Who has to clean up before the namespace may go.</summary>
    public EquatableArray<string> Finalizers { get; init; }

    /// <summary>The fields that are not typed here, as they came.</summary>
    public CarriedFields Carried { get; init; }

    internal static NamespaceSpec Map(FieldMap map, NamespaceSpec? value) => new()
    {
        Finalizers = map.Texts("finalizers", value?.Finalizers ?? default),
        Carried = map.Rest(value?.Carried ?? default),
    };
}
