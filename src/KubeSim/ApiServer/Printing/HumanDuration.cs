using System.Globalization;

namespace KubeSim.ApiServer.Printing;

/// <summary>How long ago, as kubectl's AGE columns say it: the older, the coarser.</summary>
/// <source>kubernetes v1.36, apimachinery/pkg/util/duration/duration.go</source>
internal static class HumanDuration
{
    private const long Hour = 3600;
    private const long Day = 24;
    private const long Year = 365 * Day;

    /// <summary>The text from a time until now; <c>&lt;unknown&gt;</c> where there is no time.</summary>
    internal static string Since(DateTimeOffset? time, DateTimeOffset now) => time is { } given ? Of(now - given) : "<unknown>";

    internal static string Of(TimeSpan duration)
    {
        long seconds = duration.Ticks / TimeSpan.TicksPerSecond;
        if (seconds < 2 * 60)
        {
            return seconds < -1 ? "<invalid>" : Text(Math.Max(seconds, 0), "s");
        }

        long minutes = seconds / 60;
        if (minutes < 10)
        {
            return Text(minutes, "m", seconds % 60, "s");
        }

        if (minutes < 3 * 60)
        {
            return Text(minutes, "m");
        }

        long hours = seconds / Hour;
        return hours switch
        {
            < 8 => Text(hours, "h", minutes % 60, "m"),
            < 2 * Day => Text(hours, "h"),
            < 8 * Day => Text(hours / Day, "d", hours % Day, "h"),
            < 2 * Year => Text(hours / Day, "d"),
            < 8 * Year => Text(hours / Year, "y", hours / Day % 365, "d"),
            _ => Text(hours / Year, "y"),
        };
    }

    private static string Text(long number, string unit) => string.Create(CultureInfo.InvariantCulture, $"{number}{unit}");

    private static string Text(long number, string unit, long rest, string restUnit) =>
        rest == 0 ? Text(number, unit) : string.Create(CultureInfo.InvariantCulture, $"{number}{unit}{rest}{restUnit}");
}
