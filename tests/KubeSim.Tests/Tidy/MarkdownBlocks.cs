using System.Text.RegularExpressions;

namespace KubeSim.Tests.Tidy;

/// <summary>
/// The blocks of a Markdown page that are made from code: <c>&lt;!-- snippet: Name --&gt;</c> or <c>&lt;!-- output: Name --&gt;</c> on a
/// line, then a fenced block.
/// </summary>
internal static partial class MarkdownBlocks
{
    /// <summary>The page with each marked block replaced by what it is to hold.</summary>
    /// <param name="page">Markdown with <c>\n</c> line endings.</param>
    /// <param name="content">From the kind (<c>snippet</c> or <c>output</c>) and the name to the text, without a last line ending.</param>
    public static string Fill(string page, Func<string, string, string> content) =>
        Marked().Replace(page, block => $"{block.Groups["head"].Value}{content(block.Groups["kind"].Value, block.Groups["name"].Value)}\n{block.Groups["fence"].Value}");

    /// <summary>Markers without a fenced block behind them: they would be skipped.</summary>
    public static IEnumerable<string> Loose(string page) =>
        Marker().Matches(page).Select(m => m.Value).Except(Marked().Matches(page).Select(m => Marker().Match(m.Value).Value), StringComparer.Ordinal);

    [GeneratedRegex(@"<!--\s*(?:snippet|output)\b[^\n]*")]
    private static partial Regex Marker();

    [GeneratedRegex(@"(?<head>^<!-- (?<kind>snippet|output): (?<name>\w+) -->\n+(?<fence>`{3,})[^\n`]*\n)(?<body>(?:(?!\k<fence>)[^\n]*\n)*)\k<fence>", RegexOptions.Multiline)]
    private static partial Regex Marked();
}
