using System.Text.Json;

namespace KubeSim.Manifests;

/// <summary>How a string is written: plain where nobody can take it for something else.</summary>
/// <source>sigs.k8s.io/yaml v1.6, goyaml.v2/encode.go stringv, emitterc.go analyze_scalar and select_scalar_style</source>
internal static class YamlStyle
{
    internal enum Kind
    {
        Plain,
        SingleQuoted,
        DoubleQuoted,
        Literal,
    }

    /// <summary>How a string is written. A key with " *" in it is quoted because YamlDotNet would not see that it is a key.</summary>
    internal static Kind Of(string text, bool isKey)
    {
        bool hasLines = text.Contains('\n', StringComparison.Ordinal);
        if (!hasLines && ReadsAsSomethingElse(text))
        {
            return Kind.DoubleQuoted;
        }

        (bool isSpecial, bool isIndicator) = Analyze(text);
        return isSpecial || (hasLines && (isKey || text[^1] == ' ')) ? Kind.DoubleQuoted
            : hasLines ? Kind.Literal
            : isIndicator || text[0] == ' ' || text[^1] == ' ' || (isKey && text.Contains(" *", StringComparison.Ordinal)) ? Kind.SingleQuoted
            : Kind.Plain;
    }

    /// <summary>Whether the character may stand in YAML as it is. Characters beyond 16 bits are escaped.</summary>
    internal static bool IsPrintable(char character) =>
        character is '\n' or (>= ' ' and <= '~') or (>= '\u00A0' and <= '\uD7FF' and not ('\u2028' or '\u2029')) or (>= '\uE000' and <= '\uFFFD' and not '\uFEFF');

    private static bool ReadsAsSomethingElse(string text) =>
        YamlScalar.Resolve(text, out _) != JsonValueKind.String || text == "<<" || YamlTimes.IsTimestamp(text) || YamlTimes.IsBase60(text);

    /// <summary>Whether the text can only be written with escapes, and whether a character in it means something to YAML.</summary>
    private static (bool IsSpecial, bool IsIndicator) Analyze(string text)
    {
        bool isIndicator = text.StartsWith("---", StringComparison.Ordinal) || text.StartsWith("...", StringComparison.Ordinal);
        char previous = ' ';
        for (int i = 0; i < text.Length; i++)
        {
            char character = text[i];
            if (!IsPrintable(character) || (character == '\n' && previous == ' ' && i > 0))
            {
                return (true, false);
            }

            bool isBeforeSpace = i + 1 == text.Length || text[i + 1] is ' ' or '\n';
            isIndicator |= character switch
            {
                '#' => i == 0 || previous is ' ' or '\n',
                ':' => isBeforeSpace,
                '-' or '?' => i == 0 && isBeforeSpace,
                ',' or '[' or ']' or '{' or '}' or '&' or '*' or '!' or '|' or '>' or '\'' or '"' or '%' or '@' or '`' => i == 0,
                _ => false,
            };
            previous = character;
        }

        return (false, isIndicator);
    }
}
