using System.Globalization;
using System.Text;

namespace KubeSim.Manifests;

/// <summary>What can be said of a manifest before it is parsed.</summary>
internal static class ManifestText
{
    /// <summary>Refuses what is too long, and characters that YAML and JSON do not allow: the parser would stop at a NUL and ignore the rest.</summary>
    /// <source>YAML 1.2.2, 5.1 Character Set</source>
    internal static void Check(string text, string? fileName)
    {
        if (text.Length > ManifestLimits.Text)
        {
            throw new ManifestException(fileName, 0, 0, "", string.Create(CultureInfo.InvariantCulture, $"the text has {text.Length} characters, more than {ManifestLimits.Text}"));
        }

        for (int i = 0; i < text.Length; i++)
        {
            char character = text[i];
            if (character is (>= ' ' and <= '~') or '\n' or '\r' or '\t' or '\u0085' or (>= '\u00A0' and < '\uD800') or (>= '\uE000' and < '\uFEFF') or (> '\uFEFF' and <= '\uFFFD')
                || (character == '\uFEFF' && i == 0))
            {
                continue;
            }

            if (char.IsHighSurrogate(character) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                i++;
                continue;
            }

            (int line, int column) = Place(text, i);
            string problem = char.IsSurrogate(character) ? "half of a surrogate pair is no character" : "the character is not allowed in YAML or JSON; write it as an escape in double quotes";
            throw new ManifestException(fileName, line, column, "", string.Create(CultureInfo.InvariantCulture, $"found U+{(int)character:X4}: {problem}"));
        }
    }

    /// <summary>Refuses a YAML document that is too long before it is parsed.</summary>
    internal static void CheckDocuments(string text, string? fileName)
    {
        int start = 0;
        while (start < text.Length)
        {
            int next = text.AsSpan(start).IndexOf("\n---");
            int end = next < 0 ? text.Length : start + next + 1;
            if (end - start > ManifestLimits.Document)
            {
                throw new ManifestException(fileName, Place(text, start).Line, 1, "", string.Create(CultureInfo.InvariantCulture, $"the document is longer than {ManifestLimits.Document} characters"));
            }

            start = end;
        }
    }

    /// <summary>Whether the first character says that this is JSON.</summary>
    internal static bool LooksLikeJson(string text) => text.AsSpan().TrimStart('\uFEFF').TrimStart() is ['{', ..];

    /// <summary>The line and column of a place in the text.</summary>
    /// <returns>Both 1 or more.</returns>
    internal static (int Line, int Column) Place(string text, int index)
    {
        ReadOnlySpan<char> before = text.AsSpan(0, Math.Min(index, text.Length));
        return (before.Count('\n') + 1, before.Length - before.LastIndexOf('\n'));
    }

    /// <summary>The line and column, both from 1, of a place that is given in bytes, both from 0.</summary>
    internal static void PlaceInLine(string text, int lineIndex, int byteIndex, out int line, out int column)
    {
        line = lineIndex + 1;
        column = 1;
        ReadOnlySpan<char> rest = text.AsSpan().TrimStart('\uFEFF');
        for (int i = 0; i < lineIndex; i++)
        {
            rest = rest[(rest.IndexOf('\n') + 1)..];
        }

        foreach (Rune rune in rest.EnumerateRunes())
        {
            byteIndex -= rune.Utf8SequenceLength;
            if (byteIndex < 0)
            {
                break;
            }

            column += rune.Utf16SequenceLength;
        }
    }
}
