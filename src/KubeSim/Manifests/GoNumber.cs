using System.Globalization;

namespace KubeSim.Manifests;

/// <summary>Numbers as Go reads and writes them.</summary>
/// <source>go 1.25, strconv and encoding/json</source>
internal static class GoNumber
{
    // From where on Go writes an exponent.
    private const int LeastExponent = -6;
    private const int MostExponent = 21;

    /// <summary>The shortest text that reads as the same number.</summary>
    /// <param name="value">Neither infinite nor not a number.</param>
    internal static string Spell(double value)
    {
        if (value == 0)
        {
            return "0";
        }

        string shortest = Math.Abs(value).ToString("R", CultureInfo.InvariantCulture);
        int letter = shortest.IndexOf('E', StringComparison.Ordinal);
        string mantissa = letter < 0 ? shortest : shortest[..letter];
        int point = mantissa.IndexOf('.', StringComparison.Ordinal);
        string all = mantissa.Replace(".", "", StringComparison.Ordinal);
        string digits = all.Trim('0');
        int leadingZeros = all.Length - all.TrimStart('0').Length;
        int exponent = (point < 0 ? mantissa.Length : point) - 1 - leadingZeros + (letter < 0 ? 0 : int.Parse(shortest.AsSpan(letter + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture));
        string sign = value < 0 ? "-" : "";
        if (exponent is >= LeastExponent and < 0)
        {
            return $"{sign}0.{new string('0', -exponent - 1)}{digits}";
        }

        if (exponent is >= 0 and < MostExponent)
        {
            return digits.Length <= exponent + 1
                ? $"{sign}{digits.PadRight(exponent + 1, '0')}"
                : $"{sign}{digits[..(exponent + 1)]}.{digits[(exponent + 1)..]}";
        }

        string fraction = digits.Length == 1 ? "" : "." + digits[1..];
        return string.Create(CultureInfo.InvariantCulture, $"{sign}{digits[0]}{fraction}e{(exponent < 0 ? "-" : "+")}{Math.Abs(exponent)}");
    }

    /// <summary>Reads digits of a radix.</summary>
    /// <returns>True; false where a character is no such digit; null where the number is more than the limit.</returns>
    internal static bool? TryReadWhole(ReadOnlySpan<char> digits, int radix, ulong limit, out ulong number)
    {
        number = 0;
        bool isTooLarge = false;
        foreach (char character in digits)
        {
            int digit = character switch { >= '0' and <= '9' => character - '0', >= 'a' and <= 'f' => character - 'a' + 10, >= 'A' and <= 'F' => character - 'A' + 10, _ => radix };
            if (digit >= radix)
            {
                return false;
            }

            UInt128 next = ((UInt128)number * (ulong)radix) + (ulong)digit;
            isTooLarge |= next > limit;
            number = isTooLarge ? 0 : (ulong)next;
        }

        return digits.IsEmpty ? false : isTooLarge ? null : true;
    }

    /// <summary>Whether the text is a decimal number as YAML spells it: a sign, digits with or without a point, an exponent.</summary>
    internal static bool IsFloat(ReadOnlySpan<char> text)
    {
        int place = text is ['+' or '-', ..] ? 1 : 0;
        int whole = SkipDigits(text, ref place);
        int fraction = 0;
        if (place < text.Length && text[place] == '.')
        {
            place++;
            fraction = SkipDigits(text, ref place);
        }

        if (whole == 0 && fraction == 0)
        {
            return false;
        }

        if (place < text.Length && text[place] is 'e' or 'E')
        {
            place += place + 1 < text.Length && text[place + 1] is '+' or '-' ? 2 : 1;
            if (SkipDigits(text, ref place) == 0)
            {
                return false;
            }
        }

        return place == text.Length;
    }

    private static int SkipDigits(ReadOnlySpan<char> text, ref int place)
    {
        int start = place;
        while (place < text.Length && char.IsAsciiDigit(text[place]))
        {
            place++;
        }

        return place - start;
    }
}
