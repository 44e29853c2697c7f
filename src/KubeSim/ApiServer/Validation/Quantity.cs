using System.Globalization;

namespace KubeSim.ApiServer.Validation;

/// <summary>An amount of a resource, such as 500m or 1Gi.</summary>
/// <source>kubernetes v1.36, apimachinery pkg/api/resource/quantity.go</source>
internal static class Quantity
{
    private static readonly (string Suffix, decimal Factor)[] Suffixes =
    [
        ("Ki", 1L << 10), ("Mi", 1L << 20), ("Gi", 1L << 30), ("Ti", 1L << 40), ("Pi", 1L << 50), ("Ei", 1L << 60),
        ("n", 0.000000001m), ("u", 0.000001m), ("m", 0.001m), ("k", 1_000), ("M", 1_000_000), ("G", 1_000_000_000), ("T", 1_000_000_000_000),
        ("P", 1_000_000_000_000_000), ("E", 1_000_000_000_000_000_000),
    ];

    /// <summary>The amount; null where the text is none, or too large to matter.</summary>
    internal static decimal? Parse(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        foreach ((string suffix, decimal factor) in Suffixes)
        {
            if (text.EndsWith(suffix, StringComparison.Ordinal))
            {
                return ParseNumber(text.AsSpan(0, text.Length - suffix.Length)) is { } number && Math.Abs(number) < 1_000_000_000 ? number * factor : null;
            }
        }

        return ParseNumber(text);
    }

    private static decimal? ParseNumber(ReadOnlySpan<char> text) =>
        decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal number) ? number : null;
}
