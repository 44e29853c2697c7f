using System.Text;

namespace KubeSim.Tests.Tidy;

/// <summary>Source text with comments and the insides of literals blanked, so that a rule sees code only.</summary>
internal static class CSharpText
{
    public static string CodeOnly(string source)
    {
        var code = new StringBuilder(source);
        int at = 0;
        while (at < source.Length)
        {
            int end = EndOfBlank(source, at);
            for (int i = at; i < end; i++)
            {
                if (source[i] != '\n') code[i] = ' ';
            }

            at = Math.Max(end, at + 1);
        }

        return code.ToString();
    }

    /// <summary>Where the comment or literal that starts here ends; the start itself where none does.</summary>
    private static int EndOfBlank(string source, int at)
    {
        ReadOnlySpan<char> rest = source.AsSpan(at);
        if (rest.StartsWith("//")) return After(source, "\n", at) - 1;
        if (rest.StartsWith("/*")) return After(source, "*/", at + 2);
        if (rest.StartsWith("\"\"\"")) return AfterRaw(source, at);
        if (rest.StartsWith("@\"") || rest.StartsWith("$@\"") || rest.StartsWith("@$\"")) return AfterVerbatim(source, source.IndexOf('"', at) + 1);
        if (rest[0] is '"' or '\'') return AfterQuoted(source, at);
        return at;
    }

    private static int After(string source, string mark, int from)
    {
        int found = source.IndexOf(mark, Math.Min(from, source.Length), StringComparison.Ordinal);
        return found < 0 ? source.Length + (mark == "\n" ? 1 : 0) : found + mark.Length;
    }

    private static int AfterRaw(string source, int at)
    {
        int quotes = 0;
        while (at + quotes < source.Length && source[at + quotes] == '"') quotes++;
        int end = After(source, new string('"', quotes), at + quotes);
        while (end < source.Length && source[end] == '"') end++;
        return end;
    }

    private static int AfterVerbatim(string source, int at)
    {
        for (; at < source.Length; at++)
        {
            if (source[at] != '"') continue;
            if (at + 1 == source.Length || source[at + 1] != '"') return at + 1;
            at++;
        }

        return at;
    }

    private static int AfterQuoted(string source, int at)
    {
        char quote = source[at];
        for (at++; at < source.Length && source[at] != '\n'; at++)
        {
            if (source[at] == '\\') at++;
            else if (source[at] == quote) return at + 1;
        }

        return Math.Min(at, source.Length);
    }
}
