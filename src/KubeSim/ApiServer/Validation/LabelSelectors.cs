using KubeSim.Api;

namespace KubeSim.ApiServer.Validation;

/// <summary>The rules of a label selector, and whether it matches labels.</summary>
/// <source>kubernetes v1.36, apimachinery/pkg/apis/meta/v1/validation/validation.go</source>
internal static class LabelSelectors
{
    /// <returns>Whether the selector can be used.</returns>
    internal static bool Check(FieldErrors errors, string field, LabelSelector selector)
    {
        var found = new FieldErrors();
        Metadata.CheckLabels(found, $"{field}.matchLabels", selector.MatchLabels);
        errors.AddAll(found);
        bool valid = found.IsEmpty;
        for (int i = 0; i < selector.MatchExpressions.Length; i++)
        {
            valid &= Check(errors, $"{field}.matchExpressions[{i}]", selector.MatchExpressions[i]);
        }

        return valid;
    }

    internal static bool Matches(LabelSelector selector, LabelSet labels)
    {
        if (!selector.MatchLabels.IsSubsetOf(labels))
        {
            return false;
        }

        foreach (LabelSelectorRequirement requirement in selector.MatchExpressions)
        {
            string? value = labels[requirement.Key];
            bool isMatch = requirement.Operator switch
            {
                "In" => value is not null && requirement.Values.AsSpan().Contains(value),
                "NotIn" => value is null || !requirement.Values.AsSpan().Contains(value),
                "Exists" => value is not null,
                _ => value is null,
            };
            if (!isMatch)
            {
                return false;
            }
        }

        return true;
    }

    internal static string Quote(LabelSelector selector) => FieldMap.Write<LabelSelector>(selector, LabelSelector.Map).ToString();

    private static bool Check(FieldErrors errors, string field, LabelSelectorRequirement requirement)
    {
        var found = new FieldErrors();
        switch (requirement.Operator)
        {
            case "In" or "NotIn":
                if (requirement.Values.IsEmpty)
                {
                    found.Required($"{field}.values", "must be specified when `operator` is 'In' or 'NotIn'");
                }

                break;
            case "Exists" or "DoesNotExist":
                if (!requirement.Values.IsEmpty)
                {
                    found.Forbidden($"{field}.values", "may not be specified when `operator` is 'Exists' or 'DoesNotExist'");
                }

                break;
            default:
                found.Invalid($"{field}.operator", requirement.Operator, "not a valid selector operator");
                break;
        }

        Names.CheckKey(found, $"{field}.key", requirement.Key);
        for (int i = 0; i < requirement.Values.Length; i++)
        {
            Names.CheckLabelValue(found, $"{field}.values[{i}]", requirement.Values[i]);
        }

        errors.AddAll(found);
        return found.IsEmpty;
    }
}
