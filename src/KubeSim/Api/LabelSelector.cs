using KubeSim.Collections;

namespace KubeSim.Api;

/// <summary>Which objects are meant: all requirements must hold; an empty one means every object.</summary>
public sealed record LabelSelector
{
    /// <summary>Labels that must be there with these values.</summary>
    public LabelSet MatchLabels { get; init; }

    /// <summary>Further requirements.</summary>
    public EquatableArray<LabelSelectorRequirement> MatchExpressions { get; init; }

    /// <summary>The fields that are not typed here, as they came.</summary>
    public CarriedFields Carried { get; init; }

    internal static LabelSelector Map(FieldMap map, LabelSelector? value) => new()
    {
        MatchLabels = map.Labels("matchLabels", value?.MatchLabels ?? default),
        MatchExpressions = map.List("matchExpressions", value?.MatchExpressions ?? default, LabelSelectorRequirement.Map),
        Carried = map.Rest(value?.Carried ?? default),
    };
}
