using KubeSim.Collections;

namespace KubeSim.Api;

/// <summary>One requirement on a label.</summary>
public sealed record LabelSelectorRequirement
{
    /// <summary>The label's key.</summary>
    public string Key { get; init; } = "";

    /// <summary><c>In</c>, <c>NotIn</c>, <c>Exists</c> or <c>DoesNotExist</c>.</summary>
    public string Operator { get; init; } = "";

    /// <summary>The values for <c>In</c> and <c>NotIn</c>.</summary>
    public EquatableArray<string> Values { get; init; }

    /// <summary>The fields that are not typed here, as they came.</summary>
    public CarriedFields Carried { get; init; }

    internal static LabelSelectorRequirement Map(FieldMap map, LabelSelectorRequirement? value) => new()
    {
        Key = map.TextOrEmpty("key", value?.Key),
        Operator = map.TextOrEmpty("operator", value?.Operator),
        Values = map.Texts("values", value?.Values ?? default),
        Carried = map.Rest(value?.Carried ?? default),
    };
}
