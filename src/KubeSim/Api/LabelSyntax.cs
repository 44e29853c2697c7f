using System.Buffers;
using System.Globalization;

namespace KubeSim.Api;

/// <summary>What keys and values of labels may look like, and how Kubernetes says what is wrong with them.</summary>
/// <source>kubernetes v1.36, apimachinery pkg/util/validation and pkg/api/validate/content</source>
internal static class LabelSyntax
{
    internal const int LongestName = 63;
    internal const int LongestSubdomain = 253;

    private const string NameRule =
        "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character " +
        "(e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";

    private const string ValueRule =
        "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character " +
        "(e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";

    internal const string SubdomainRule =
        "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character " +
        @"(e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";

    private static readonly SearchValues<char> LowerCase = SearchValues.Create("-abcdefghijklmnopqrstuvwxyz0123456789");
    private static readonly SearchValues<char> Letters = SearchValues.Create("-_.ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789");

    /// <summary>What is wrong with a label's key; empty, and nothing allocated, when nothing is.</summary>
    /// <param name="key">The key.</param>
    /// <param name="what">What a key with several slashes is told it should be.</param>
    internal static IReadOnlyList<string> KeyProblems(string key, string what = "a qualified name")
    {
        int slash = key.IndexOf('/', StringComparison.Ordinal);
        if (slash != key.LastIndexOf('/'))
        {
            return [$"{what} {NameRule} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')"];
        }

        ReadOnlySpan<char> prefix = key.AsSpan(0, Math.Max(slash, 0));
        ReadOnlySpan<char> name = key.AsSpan(slash + 1);
        if ((slash < 0 || (prefix.Length <= LongestSubdomain && IsSubdomain(prefix))) && name.Length <= LongestName && IsName(name))
        {
            return [];
        }

        var problems = new List<string>();
        if (slash >= 0)
        {
            AddPrefixProblems(problems, prefix);
        }

        if (name.IsEmpty || name.Length > LongestName)
        {
            problems.Add(name.IsEmpty ? "name part must be non-empty" : TooLong("name part ", LongestName));
        }

        if (!IsName(name))
        {
            problems.Add($"name part {NameRule}");
        }

        return problems;
    }

    /// <summary>What is wrong with a label's value; empty, and nothing allocated, when nothing is.</summary>
    internal static IReadOnlyList<string> ValueProblems(string value) =>
        value.Length == 0 ? [] : (value.Length > LongestName, !IsName(value)) switch
        {
            (true, true) => [TooLong("", LongestName), ValueRule],
            (true, false) => [TooLong("", LongestName)],
            (false, true) => [ValueRule],
            _ => [],
        };

    /// <summary>Whether a text is a DNS label in lower case.</summary>
    internal static bool IsLowerCaseLabel(ReadOnlySpan<char> text) =>
        !text.IsEmpty && text[0] != '-' && text[^1] != '-' && !text.ContainsAnyExcept(LowerCase);

    /// <summary>Whether a text is DNS labels in lower case, joined by dots.</summary>
    internal static bool IsSubdomain(ReadOnlySpan<char> text)
    {
        while (text.IndexOf('.') is >= 0 and var dot)
        {
            if (!IsLowerCaseLabel(text[..dot]))
            {
                return false;
            }

            text = text[(dot + 1)..];
        }

        return IsLowerCaseLabel(text);
    }

    private static void AddPrefixProblems(List<string> problems, ReadOnlySpan<char> prefix)
    {
        if (prefix.IsEmpty)
        {
            problems.Add("prefix part must be non-empty");
            return;
        }

        if (prefix.Length > LongestSubdomain)
        {
            problems.Add(TooLong("prefix part ", LongestSubdomain));
        }

        if (!IsSubdomain(prefix))
        {
            problems.Add($"prefix part {SubdomainRule}");
        }
    }

    private static string TooLong(string part, int most) => string.Create(CultureInfo.InvariantCulture, $"{part}must be no more than {most} bytes");

    private static bool IsName(ReadOnlySpan<char> text) =>
        !text.IsEmpty && char.IsAsciiLetterOrDigit(text[0]) && char.IsAsciiLetterOrDigit(text[^1]) && !text.ContainsAnyExcept(Letters);
}
