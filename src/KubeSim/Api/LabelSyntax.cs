namespace KubeSim.Api;

/// <summary>What keys and values of labels may look like, and how Kubernetes says what is wrong with them.</summary>
/// <source>kubernetes v1.36, apimachinery pkg/util/validation and pkg/api/validate/content</source>
internal static class LabelSyntax
{
    private const int LongestName = 63;
    private const int LongestSubdomain = 253;

    private const string NameRule =
        "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character " +
        "(e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";

    private const string ValueRule =
        "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character " +
        "(e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";

    private const string SubdomainRule =
        "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character " +
        @"(e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";

    /// <summary>What is wrong with a label's key; empty when nothing is.</summary>
    internal static List<string> KeyProblems(string key)
    {
        string[] parts = key.Split('/');
        if (parts.Length > 2)
        {
            return [$"a qualified name {NameRule} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')"];
        }

        var problems = new List<string>();
        if (parts is [var prefix, _])
        {
            problems.AddRange(PrefixProblems(prefix).Select(problem => $"prefix part {problem}"));
        }

        string name = parts[^1];
        if (name.Length is 0 or > LongestName)
        {
            problems.Add(name.Length == 0 ? "name part must be non-empty" : TooLong("name part ", LongestName));
        }

        if (!IsName(name))
        {
            problems.Add($"name part {NameRule}");
        }

        return problems;
    }

    /// <summary>What is wrong with a label's value; empty when nothing is.</summary>
    internal static List<string> ValueProblems(string value)
    {
        var problems = new List<string>();
        if (value.Length > LongestName)
        {
            problems.Add(TooLong("", LongestName));
        }

        if (value.Length > 0 && !IsName(value))
        {
            problems.Add(ValueRule);
        }

        return problems;
    }

    private static IEnumerable<string> PrefixProblems(string prefix)
    {
        if (prefix.Length == 0)
        {
            yield return "must be non-empty";
            yield break;
        }

        if (prefix.Length > LongestSubdomain)
        {
            yield return TooLong("", LongestSubdomain);
        }

        if (!prefix.Split('.').All(IsLowerCaseLabel))
        {
            yield return SubdomainRule;
        }
    }

    private static string TooLong(string part, int most) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{part}must be no more than {most} bytes");

    private static bool IsName(string text) =>
        text.Length > 0 && char.IsAsciiLetterOrDigit(text[0]) && char.IsAsciiLetterOrDigit(text[^1])
        && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.');

    private static bool IsLowerCaseLabel(string text) =>
        text.Length > 0 && text[0] != '-' && text[^1] != '-' && text.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter == '-');
}
