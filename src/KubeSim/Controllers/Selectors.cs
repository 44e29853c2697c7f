using KubeSim.Api;

namespace KubeSim.Controllers;

/// <summary>What a workload's selector selects.</summary>
internal static class Selectors
{
    /// <summary>Whether the selector selects an object with these labels. An absent or empty selector selects nothing.</summary>
    /// <source>kubernetes v1.36, apimachinery pkg/apis/meta/v1, LabelSelectorAsSelector; pkg/controller, an empty selector claims nothing</source>
    public static bool Selects(LabelSelector? selector, LabelSet labels)
    {
        if (selector is null || (selector.MatchLabels.IsEmpty && selector.MatchExpressions.IsEmpty) || !selector.MatchLabels.IsSubsetOf(labels))
        {
            return false;
        }

        foreach (LabelSelectorRequirement requirement in selector.MatchExpressions)
        {
            if (!Holds(requirement, labels[requirement.Key]))
            {
                return false;
            }
        }

        return true;
    }

    private static bool Holds(LabelSelectorRequirement requirement, string? value) => requirement.Operator switch
    {
        "In" => value is not null && requirement.Values.Contains(value, StringComparer.Ordinal),
        "NotIn" => value is null || !requirement.Values.Contains(value, StringComparer.Ordinal),
        "Exists" => value is not null,
        "DoesNotExist" => value is null,
        _ => false,
    };
}
