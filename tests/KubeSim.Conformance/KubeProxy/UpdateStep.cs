using System.Globalization;
using System.Text.RegularExpressions;
using KubeSim.Conformance.Reading;

namespace KubeSim.Conformance.KubeProxy;

/// <summary>
/// What an update does besides changing objects. The format has no keys for time that passes, a sync that is forced to be full, or a kernel
/// that refuses: the description says so in words.
/// </summary>
/// <param name="Delay">How much time passes before the sync.</param>
/// <param name="IsForced">Whether the sync is forced to be a full one.</param>
/// <param name="Fails">Whether the kernel refuses its input.</param>
internal sealed partial record UpdateStep(TimeSpan Delay, bool IsForced, bool Fails)
{
    /// <summary>What "more than" adds.</summary>
    private static readonly TimeSpan More = TimeSpan.FromMilliseconds(1);

    private static readonly string[] Numbers = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];

    public static UpdateStep Read(CaseNode? description, TimeSpan syncPeriod) => description is null ? new(default, false, false) : Read(description.Text, syncPeriod);

    internal static UpdateStep Read(string description, TimeSpan syncPeriod) => new(
        AfterSyncPeriod().IsMatch(description) ? syncPeriod + More : Time().Match(description) is { Success: true } time ? Read(time) : default,
        Forced().IsMatch(description),
        Failing().IsMatch(description));

    private static TimeSpan Read(Match time)
    {
        string number = time.Groups["number"].Value;
        int count = number is "a" or "an" ? 1 : Array.IndexOf(Numbers, number) is >= 0 and var word ? word : int.Parse(number, CultureInfo.InvariantCulture);
        TimeSpan unit = time.Groups["unit"].Value switch
        {
            "second" => TimeSpan.FromSeconds(1),
            "minute" => TimeSpan.FromMinutes(1),
            _ => TimeSpan.FromHours(1),
        };
        return time.Groups["bound"].Value switch
        {
            "more than" => (count * unit) + More,
            "less than" => (count * unit) - More,
            _ => count * unit,
        };
    }

    [GeneratedRegex(@"\bafter syncPeriod has passed\b")]
    private static partial Regex AfterSyncPeriod();

    [GeneratedRegex(@"(?<bound>more than|less than)? ?\b(?<number>an?|one|two|three|four|five|six|seven|eight|nine|ten|\d+) (?<unit>second|minute|hour)s? (later|after|afterwards)\b")]
    private static partial Regex Time();

    [GeneratedRegex(@"\bforced? (a )?full (re)?sync\b|\bfull (re)?sync (is )?forced\b")]
    private static partial Regex Forced();

    [GeneratedRegex(@"\bmade to fail\b")]
    private static partial Regex Failing();
}
