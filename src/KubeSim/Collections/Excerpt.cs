namespace KubeSim.Collections;

/// <summary>The start of a text for a message: hostile text may be of any length.</summary>
internal static class Excerpt
{
    private const int Longest = 64;

    internal static string Of(ReadOnlySpan<char> text) => text.Length <= Longest ? text.ToString() : string.Concat(text[..(Longest - 3)], "...");
}
