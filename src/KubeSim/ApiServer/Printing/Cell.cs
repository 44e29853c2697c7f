using System.Globalization;
using KubeSim.Api;

namespace KubeSim.ApiServer.Printing;

/// <summary>The text of cells that several tables have.</summary>
internal static class Cell
{
    internal const string None = "<none>";
    internal const string Unset = "<unset>";
    internal const string Unknown = "<unknown>";

    private const int MostListed = 3;

    internal static string Age(KubernetesObject value, DateTimeOffset now) => HumanDuration.Since(value.Metadata.CreationTimestamp, now);

    internal static string Number(long? number) => (number ?? 0).ToString(CultureInfo.InvariantCulture);

    internal static string Labels(LabelSet labels) => labels.IsEmpty ? None : labels.ToString();

    internal static string OrNone(string? text) => string.IsNullOrEmpty(text) ? None : text;

    internal static string OrUnknown(string? text) => string.IsNullOrEmpty(text) ? Unknown : text;

    /// <summary>The first three, and how many more there are.</summary>
    internal static string FirstFew(IReadOnlyList<string> items) => items.Count <= MostListed ? string.Join(',', items)
        : string.Create(CultureInfo.InvariantCulture, $"{string.Join(',', items.Take(MostListed))} + {items.Count - MostListed} more...");

    internal static string Selector(LabelSelector? selector)
    {
        if (selector is null || (selector.MatchLabels.IsEmpty && selector.MatchExpressions.IsEmpty))
        {
            return None;
        }

        var parts = new List<(string Key, string Text)>();
        foreach (Label label in selector.MatchLabels)
        {
            parts.Add((label.Key, $"{label.Key}={label.Value}"));
        }

        foreach (LabelSelectorRequirement requirement in selector.MatchExpressions)
        {
            string values = $"({string.Join(',', requirement.Values.Order(StringComparer.Ordinal))})";
            parts.Add((requirement.Key, requirement.Operator switch
            {
                "In" => $"{requirement.Key} in {values}",
                "NotIn" => $"{requirement.Key} notin {values}",
                "Exists" => requirement.Key,
                _ => $"!{requirement.Key}",
            }));
        }

        return string.Join(',', parts.OrderBy(part => part.Key, StringComparer.Ordinal).Select(part => part.Text));
    }
}
