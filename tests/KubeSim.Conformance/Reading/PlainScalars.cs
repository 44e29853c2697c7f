using System.Text;
using System.Text.RegularExpressions;

namespace KubeSim.Conformance.Reading;

/// <summary>
/// The cases were written by a tool for which a bare <c>08</c> is no number, as in YAML 1.2; for Kubernetes, and so for its manifests here, it is eight.
/// Puts such scalars between quotes.
/// </summary>
internal static partial class PlainScalars
{
    public static string Quote(string text)
    {
        var quoted = new StringBuilder(text.Length);
        int block = -1;
        foreach (string line in text.Split('\n'))
        {
            int indent = line.Length - line.TrimStart(' ').Length;
            bool isInBlock = block >= 0 && (line.Length == indent || indent > block);
            block = isInBlock ? block : Block().IsMatch(line) ? indent : -1;
            quoted.Append(isInBlock ? line : Plain().Replace(line, "$1'$2'")).Append('\n');
        }

        return quoted.ToString(0, quoted.Length - 1);
    }

    [GeneratedRegex(@"[:-] +[|>][-+0-9]*\s*$")]
    private static partial Regex Block();

    [GeneratedRegex(@"((?:^ *|[^'""]*: +|^ *(?:- +)+))(0[0-9]*[89][0-9]*)(?=\s*(?:$|:(?: |$)))")]
    private static partial Regex Plain();
}
