namespace KubeSim.Tests;

/// <summary>Texts that nobody means: nothing, blanks, control characters, half characters, paths, and a megabyte.</summary>
internal static class HostileTexts
{
    private const int Megabyte = 1 << 20;

    public static readonly string?[] All =
    [
        null, "", " ", "\t\n", "\0", "a\0b", "\ud800", "a=\udc00", "../../etc/passwd", "a/b/c", "a b", "-", "é", "💥", "{{.}}", "%s%n", "a in (", "=", "-1", "1e9", "NaN",
        new string('a', Megabyte), string.Concat(Enumerable.Repeat("a,", Megabyte / 2)), new string('(', Megabyte),
    ];

    /// <summary>A text as the name of a test shows it.</summary>
    public static string Shown(string? text)
    {
        if (text is null) return "null";
        string shown = string.Concat(text.Take(20).Select(letter => char.IsControl(letter) || char.IsSurrogate(letter) ? $"\\u{(int)letter:x4}" : letter.ToString()));
        return text.Length > 20 ? $"'{shown}' and {text.Length - 20} more" : $"'{shown}'";
    }
}
