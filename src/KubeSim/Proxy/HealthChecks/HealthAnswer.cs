using System.Globalization;
using KubeSim.Collections;

namespace KubeSim.Proxy.HealthChecks;

/// <summary>What a health server answers, to whatever path.</summary>
/// <param name="StatusCode">200 or 503.</param>
/// <param name="Headers">Names and values in the order in which they are set.</param>
/// <param name="Body">JSON text.</param>
internal sealed record HealthAnswer(int StatusCode, EquatableArray<(string Name, string Value)> Headers, string Body)
{
    public const int Ok = 200;
    public const int ServiceUnavailable = 503;

    /// <summary>As Go's <c>%v</c> and <c>json.Marshal</c> write it.</summary>
    internal static string Text(bool value) => value ? "true" : "false";

    /// <summary>As Go writes a time in JSON: RFC 3339, no more digits than needed.</summary>
    internal static string Text(DateTimeOffset time) => "\"" + time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture) + "\"";
}
