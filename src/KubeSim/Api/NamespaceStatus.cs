using KubeSim.Collections;

namespace KubeSim.Api;

/// <summary>The state of a namespace.</summary>
public sealed record NamespaceStatus
{
    /// <summary>The one in which nothing is set.</summary>
    public static NamespaceStatus Empty { get; } = new();

    /// <summary><c>Active</c>, or <c>Terminating</c> while its contents are being deleted.</summary>
    public string? Phase { get; init; }

    /// <summary>What holds a deletion up.</summary>
    public EquatableArray<Condition> Conditions { get; init; }

    /// <summary>The fields that are not typed here, as they came.</summary>
    public CarriedFields Carried { get; init; }

    internal static NamespaceStatus Map(FieldMap map, NamespaceStatus? value) => new()
    {
        Phase = map.Text("phase", value?.Phase),
        Conditions = map.List("conditions", value?.Conditions ?? default, Condition.Map),
        Carried = map.Rest(value?.Carried ?? default),
    };
}
