using System.Globalization;

namespace KubeSim.Api;

/// <summary>Times as Kubernetes spells them. The class library's own reading would take <c>12:00</c> for a time of the present day.</summary>
/// <source>kubernetes v1.36, apimachinery pkg/apis/meta/v1/time.go</source>
internal static class Rfc3339
{
    private const string Seconds = "yyyy-MM-dd'T'HH:mm:ss";

    /// <summary>Reads a time; a fraction of a second is dropped.</summary>
    internal static bool TryParse(ReadOnlySpan<char> text, out DateTimeOffset time)
    {
        time = default;
        if (text.Length <= 19 || !DateTime.TryParseExact(text[..19], Seconds, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime local))
        {
            return false;
        }

        ReadOnlySpan<char> rest = text[19..];
        if (rest is ['.', >= '0' and <= '9', ..])
        {
            int end = rest[1..].IndexOfAnyExceptInRange('0', '9');
            rest = end < 0 ? default : rest[(end + 1)..];
        }

        if (!TryReadOffset(rest, out TimeSpan offset))
        {
            return false;
        }

        long utcTicks = local.Ticks - offset.Ticks;
        bool isInRange = utcTicks >= 0 && utcTicks <= DateTime.MaxValue.Ticks;
        time = isInRange ? new(utcTicks, TimeSpan.Zero) : default;
        return isInRange;
    }

    private static bool TryReadOffset(ReadOnlySpan<char> text, out TimeSpan offset)
    {
        offset = default;
        if (text is "Z")
        {
            return true;
        }

        if (text is not ['+' or '-', >= '0' and <= '2', >= '0' and <= '9', ':', >= '0' and <= '5', >= '0' and <= '9'])
        {
            return false;
        }

        int hours = ((text[1] - '0') * 10) + text[2] - '0';
        int minutes = ((text[4] - '0') * 10) + text[5] - '0';
        offset = new TimeSpan(hours, minutes, 0) * (text[0] == '-' ? -1 : 1);
        return hours < 24;
    }
}
