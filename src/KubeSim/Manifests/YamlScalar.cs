using System.Globalization;
using System.Text.Json;

namespace KubeSim.Manifests;

/// <summary>
/// What a plain scalar means. As kubectl reads YAML 1.1: <c>yes</c>, <c>no</c>, <c>on</c>, <c>off</c>, <c>y</c> and <c>n</c> are booleans,
/// <c>010</c> is octal, <c>1_000</c> a thousand, <c>1.0</c> the number 1; times are strings; JSON has no infinity.
/// </summary>
/// <source>sigs.k8s.io/yaml v1.6, goyaml.v2/resolve.go</source>
internal static class YamlScalar
{
    /// <summary>The kind of value that a plain scalar is, and its text as JSON spells it.</summary>
    /// <returns><see cref="JsonValueKind.Undefined"/> for a number that JSON cannot hold.</returns>
    internal static JsonValueKind Resolve(string text, out string spelled)
    {
        spelled = text;
        switch (text.Length == 0 ? '~' : text[0])
        {
            case 'y' or 'Y' or 't' or 'T' or 'o' or 'O' or 'n' or 'N' or 'f' or 'F' or '~':
                JsonValueKind word = Word(text);
                spelled = word switch { JsonValueKind.True => "true", JsonValueKind.False => "false", JsonValueKind.Null => "null", _ => text };
                return word;
            case '.':
                return text is ".inf" or ".Inf" or ".INF" or ".nan" or ".NaN" or ".NAN" ? JsonValueKind.Undefined : Float(text, ref spelled);
            case (>= '0' and <= '9') or '+' or '-':
                return Number(text, ref spelled);
            default:
                return JsonValueKind.String;
        }
    }

    /// <summary>A number of JSON with a fraction, an exponent or more digits than 64 bits hold, as Go spells the nearest 64-bit number.</summary>
    internal static string? SpellFloat(ReadOnlySpan<char> digits)
    {
        double value = double.Parse(digits, NumberStyles.Float, CultureInfo.InvariantCulture);
        return double.IsFinite(value) ? GoNumber.Spell(value) : null;
    }

    private static JsonValueKind Word(string text) => text switch
    {
        "y" or "Y" or "yes" or "Yes" or "YES" or "true" or "True" or "TRUE" or "on" or "On" or "ON" => JsonValueKind.True,
        "n" or "N" or "no" or "No" or "NO" or "false" or "False" or "FALSE" or "off" or "Off" or "OFF" => JsonValueKind.False,
        "" or "~" or "null" or "Null" or "NULL" => JsonValueKind.Null,
        _ => JsonValueKind.String,
    };

    private static JsonValueKind Number(string text, ref string spelled)
    {
        if (text is "+.inf" or "+.Inf" or "+.INF" or "-.inf" or "-.Inf" or "-.INF")
        {
            return JsonValueKind.Undefined;
        }

        string plain = text.Contains('_', StringComparison.Ordinal) ? text.Replace("_", "", StringComparison.Ordinal) : text;
        bool isSigned = plain[0] is '+' or '-';
        ReadOnlySpan<char> digits = plain.AsSpan(isSigned ? 1 : 0);
        int radix = Radix(digits, out int prefix);
        ulong limit = !isSigned ? ulong.MaxValue : plain[0] == '-' ? 1UL << 63 : long.MaxValue;
        bool? fits = GoNumber.TryReadWhole(digits[prefix..], radix, limit, out ulong whole);
        if (fits == true)
        {
            spelled = (plain[0] == '-' && whole != 0 ? "-" : "") + whole.ToString(CultureInfo.InvariantCulture);
            return JsonValueKind.Number;
        }

        JsonValueKind kind = prefix == 2 ? JsonValueKind.String : Float(plain, ref spelled);
        return fits is null && kind == JsonValueKind.String ? JsonValueKind.Undefined : kind;
    }

    private static int Radix(ReadOnlySpan<char> digits, out int prefix)
    {
        prefix = 2;
        switch (digits)
        {
            case ['0', 'x' or 'X', ..]:
                return 16;
            case ['0', 'o' or 'O', ..]:
                return 8;
            case ['0', 'b' or 'B', ..]:
                return 2;
            case ['0', _, ..]:
                prefix = 1;
                return 8;
            default:
                prefix = 0;
                return 10;
        }
    }

    private static JsonValueKind Float(string text, ref string spelled)
    {
        if (!GoNumber.IsFloat(text) || SpellFloat(text) is not { } found)
        {
            return JsonValueKind.String;
        }

        spelled = found;
        return JsonValueKind.Number;
    }
}
