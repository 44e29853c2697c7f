using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using KubeSim.Addressing;

namespace KubeSim.Conformance.ApiServer;

/// <summary>
/// The values that a server chose, by the names under which a case speaks of them: <c>&lt;uid1&gt;</c>, <c>$IP4_1</c>. A name with a number is
/// always the same value; one without stands for any.
/// </summary>
internal sealed partial class Tokens
{
    private const string AnyTime = @"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z";
    private const string AnyAge = @"(?:\d+[smhdy])+|<unknown>|<invalid>";
    private const string AnyAddress = "[0-9a-f:.]+";

    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    /// <summary>Whether different names must stand for different values.</summary>
    public bool AreDistinct { get; init; }

    /// <summary>What the client sent, where addresses of the server's choice are not marked: one that the client did not send is such.</summary>
    public string? Sent { get; init; }

    public static bool AreIn(string text) => Token().IsMatch(text) || Repeated().IsMatch(text);

    public void Set(string name, string value) => _values[name] = value;

    /// <summary>The text with the values in it; null where one is not known yet.</summary>
    public string? Fill(string text)
    {
        bool isComplete = true;
        string filled = Token().Replace(Spelled(text), match => _values.TryGetValue(match.Value, out string? value) ? value : (isComplete = false).ToString());
        return isComplete ? filled : null;
    }

    /// <summary>Whether a text is what a pattern says; learns the values of new names.</summary>
    public bool Match(string pattern, string text)
    {
        pattern = Spelled(Sent is null ? pattern : Quoted().Replace(pattern, match =>
            IpAddress.TryParse(match.Groups[1].Value, out IpAddress address) && !Sent.Contains(match.Value, StringComparison.Ordinal) ? address.IsIPv4 ? "\"<allocated-ipv4>\"" : "\"<allocated-ipv6>\"" : match.Value));
        var expression = new StringBuilder("^");
        var fresh = new List<string>();
        int place = 0;
        foreach (Match token in Token().Matches(pattern))
        {
            expression.Append(Regex.Escape(pattern[place..token.Index]));
            place = token.Index + token.Length;
            if (_values.TryGetValue(token.Value, out string? known))
            {
                expression.Append(Regex.Escape(known));
            }
            else if (fresh.IndexOf(token.Value) is >= 0 and var index && IsNumbered(token.Value))
            {
                expression.Append(CultureInfo.InvariantCulture, $"\\{index + 1}");
            }
            else
            {
                expression.Append(CultureInfo.InvariantCulture, $"({FormOf(token)})");
                fresh.Add(token.Value);
            }
        }

        Match match = Regex.Match(text, expression.Append(Regex.Escape(pattern[place..])).Append('$').ToString(), RegexOptions.Singleline | RegexOptions.CultureInvariant);
        for (int i = 0; i < fresh.Count && match.Success; i++)
        {
            if (IsNumbered(fresh[i]) && !Learn(fresh[i], match.Groups[i + 1].Value))
            {
                return false;
            }
        }

        return match.Success;
    }

    private static bool IsNumbered(string token) => !token.StartsWith("<generated", StringComparison.Ordinal) && (char.IsAsciiDigit(token[^1]) || (token.Length > 1 && char.IsAsciiDigit(token[^2]) && !token.StartsWith("<allocated", StringComparison.Ordinal)));

    private bool Learn(string name, string value)
    {
        bool isTaken = AreDistinct && _values.ContainsValue(value);
        _values[name] = value;
        return !isTaken;
    }

    private static string FormOf(Match token) => (token.Groups[1].Success ? token.Groups[1] : token.Groups[2].Success ? token.Groups[2] : token.Groups[3]).Value switch
    {
        "generated" => Regex.Escape(token.Groups[4].Value) + "[bcdfghjklmnpqrstvwxz2456789]{5}",
        "time" or "microtime" or "now" => AnyTime,
        "age" => AnyAge,
        "uid" or "uuid" => "[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}",
        "rv" or "NP" or "HCNP" or "nodePort" or "healthCheckNodePort" => @"\d+",
        "IP4" or "allocated-ipv4" or "allocated-v4" => @"[0-9]+(?:\.[0-9]+){3}",
        "IP6" or "allocated-ipv6" or "allocated-v6" => "[0-9a-f]*:[0-9a-f:]+",
        "clusterIP" or "allocated" => AnyAddress,
        "suffix" => "[bcdfghjklmnpqrstvwxz2456789]+",
        _ => ".+?",
    };

    private static string Spelled(string text) => Repeated().Replace(text, match => new string(match.Groups[2].Value[0], int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)));

    [GeneratedRegex(@"<(uid|rv|clusterIP|nodePort|healthCheckNodePort|token|suffix|time|microtime|age|now|uuid|allocated(?:-[a-z0-9]+)?|explicit-v[46])\d*>|\$(IP4|IP6|NP|HCNP)_\d+|<(generated):([^<>]*)\+5>")]
    private static partial Regex Token();

    [GeneratedRegex("\"([0-9a-f.:]+)\"")]
    private static partial Regex Quoted();

    [GeneratedRegex("<([0-9]+) times '(.)'>")]
    private static partial Regex Repeated();
}
