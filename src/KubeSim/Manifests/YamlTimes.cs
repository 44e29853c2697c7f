using System.Globalization;

namespace KubeSim.Manifests;

/// <summary>Strings that other readers of YAML take for times, which is why kubectl quotes them.</summary>
/// <source>sigs.k8s.io/yaml v1.6, goyaml.v2/resolve.go parseTimestamp, encode.go isBase60Float</source>
internal static class YamlTimes
{
    /// <summary>Whether it is a date, a date with a time and a zone, or a date, a space and a time.</summary>
    internal static bool IsTimestamp(ReadOnlySpan<char> text)
    {
        if (text.Length < 8 || text[4] != '-' || !TryTake(ref text, 4, 4, '-', out int year) || !TryTake(ref text, 1, 2, '-', out int month))
        {
            return false;
        }

        int length = text.IndexOfAnyExceptInRange('0', '9');
        ReadOnlySpan<char> rest = length < 0 ? default : text[length..];
        if (!TryNumber(length < 0 ? text : text[..length], 1, 2, out int day) || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(Math.Max(year, 1), month))
        {
            return false;
        }

        return rest.IsEmpty || (rest[0] switch
        {
            'T' or 't' => IsTime(rest[1..], out ReadOnlySpan<char> zone) && (zone is "Z" || IsOffset(zone)),
            ' ' => IsTime(rest[1..], out ReadOnlySpan<char> end) && end.IsEmpty,
            _ => false,
        });
    }

    /// <summary>Whether it is a number to the base 60, such as <c>12:30</c>.</summary>
    internal static bool IsBase60(ReadOnlySpan<char> text)
    {
        ReadOnlySpan<char> rest = text is ['+' or '-', ..] ? text[1..] : text;
        int colon = rest.IndexOf(':');
        if (colon < 1 || !char.IsAsciiDigit(rest[0]) || rest[..colon].ContainsAnyExcept("0123456789_"))
        {
            return false;
        }

        rest = rest[(colon + 1)..];
        int point = rest.IndexOf('.');
        if (point >= 0 && rest[(point + 1)..].ContainsAnyExcept("0123456789_"))
        {
            return false;
        }

        rest = point < 0 ? rest : rest[..point];
        while (rest.IndexOf(':') is >= 0 and var next)
        {
            if (!TryNumber(rest[..next], 1, 2, out int part) || part > 59)
            {
                return false;
            }

            rest = rest[(next + 1)..];
        }

        return TryNumber(rest, 1, 2, out int last) && last <= 59;
    }

    private static bool IsTime(ReadOnlySpan<char> text, out ReadOnlySpan<char> rest)
    {
        rest = default;
        if (!TryTake(ref text, 1, 2, ':', out int hour) || !TryTake(ref text, 1, 2, ':', out int minute))
        {
            return false;
        }

        int length = text.IndexOfAnyExceptInRange('0', '9');
        if (!TryNumber(length < 0 ? text : text[..length], 1, 2, out int second) || hour > 23 || minute > 59 || second > 59)
        {
            return false;
        }

        rest = length < 0 ? default : text[length..];
        if (rest is ['.' or ',', >= '0' and <= '9', ..])
        {
            int fraction = rest[1..].IndexOfAnyExceptInRange('0', '9');
            rest = fraction < 0 ? default : rest[(fraction + 1)..];
        }

        return true;
    }

    private static bool IsOffset(ReadOnlySpan<char> text) =>
        text is ['+' or '-', _, _, ':', _, _] && TryNumber(text[1..3], 2, 2, out int hours) && TryNumber(text[4..], 2, 2, out int minutes) && hours <= 24 && minutes <= 60;

    private static bool TryTake(ref ReadOnlySpan<char> text, int least, int most, char end, out int number)
    {
        int place = text.IndexOf(end);
        number = 0;
        if (place < 0 || !TryNumber(text[..place], least, most, out number))
        {
            return false;
        }

        text = text[(place + 1)..];
        return true;
    }

    private static bool TryNumber(ReadOnlySpan<char> digits, int least, int most, out int number)
    {
        number = 0;
        return digits.Length >= least && digits.Length <= most && int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }
}
