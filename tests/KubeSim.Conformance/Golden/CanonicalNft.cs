using System.Text.RegularExpressions;

namespace KubeSim.Conformance.Golden;

/// <summary>An <c>nft list table</c> dump as sorted lines that two of them can be compared by: chains, sets and maps by name, elements as a set, rules in order.</summary>
internal static partial class CanonicalNft
{
    public static IReadOnlyList<string> Of(string text)
    {
        var lines = new List<string>();
        string family = "";
        string block = "";
        int place = 0;
        foreach (string raw in Elements().Replace(text, OnOneLine).Split('\n'))
        {
            string line = Blanks().Replace(raw.Trim(), " ");
            if (line.StartsWith("table ", StringComparison.Ordinal))
            {
                family = line.Split(' ')[1];
                block = "";
                lines.Add(line);
            }
            else if (BlockStart().IsMatch(line))
            {
                block = line.Split(" {")[0];
                place = 0;
                lines.Add($"{family} {block}");
            }
            else if (line.StartsWith("elements = {", StringComparison.Ordinal))
            {
                lines.AddRange(line["elements = {".Length..^1].Split(", ").Select(element => $"{family} {block}: element {element.Trim()}"));
            }
            else if (line.Length > 0 && line != "}")
            {
                lines.Add(block.StartsWith("chain", StringComparison.Ordinal) && !line.StartsWith("comment \"", StringComparison.Ordinal) ? $"{family} {block}: {line}   #{place++}" : $"{family} {block}: {line}");
            }
        }

        lines.Sort(StringComparer.Ordinal);
        return lines;
    }

    private static string OnOneLine(Match elements) =>
        $"elements = {{ {string.Join(", ", elements.Groups[1].Value.Split(',').Select(element => Expiry().Replace(Blanks().Replace(element.Trim(), " "), "")))} }}";

    [GeneratedRegex("elements = \\{([^}]*)\\}")]
    private static partial Regex Elements();

    [GeneratedRegex(" expires \\w+")]
    private static partial Regex Expiry();

    [GeneratedRegex("\\s+")]
    private static partial Regex Blanks();

    [GeneratedRegex("^(chain|set|map) ")]
    private static partial Regex BlockStart();
}
