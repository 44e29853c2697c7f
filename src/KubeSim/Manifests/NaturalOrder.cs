namespace KubeSim.Manifests;

/// <summary>The order of names in what kubectl prints: letters behind other characters, digits by the number they spell.</summary>
/// <source>sigs.k8s.io/yaml v1.6, goyaml.v2/sorter.go</source>
internal static class NaturalOrder
{
    internal static int Compare(string left, string right)
    {
        bool isAfterDigit = false;
        int common = Math.Min(left.Length, right.Length);
        for (int i = 0; i < common; i++)
        {
            if (left[i] == right[i])
            {
                isAfterDigit = char.IsDigit(left[i]);
                continue;
            }

            bool isLeftLetter = char.IsLetter(left[i]);
            if (isLeftLetter != char.IsLetter(right[i]))
            {
                return isLeftLetter == isAfterDigit ? -1 : 1;
            }

            return isLeftLetter ? left[i].CompareTo(right[i]) : CompareDigits(left, right, i);
        }

        return left.Length.CompareTo(right.Length);
    }

    private static int CompareDigits(string left, string right, int start)
    {
        ReadOnlySpan<char> leftDigits = Digits(left, start);
        ReadOnlySpan<char> rightDigits = Digits(right, start);
        int order = IsInsideNumber(left, start) && (left[start] == '0' || right[start] == '0')
            ? CompareNumbers(leftDigits, rightDigits)
            : CompareNumbers(leftDigits.TrimStart('0'), rightDigits.TrimStart('0'));
        order = order != 0 ? order : leftDigits.Length.CompareTo(rightDigits.Length);
        return order != 0 ? order : left[start].CompareTo(right[start]);
    }

    /// <summary>Numbers without leading zeros, of any length.</summary>
    private static int CompareNumbers(ReadOnlySpan<char> left, ReadOnlySpan<char> right) =>
        left.Length != right.Length ? left.Length.CompareTo(right.Length) : left.SequenceCompareTo(right);

    private static ReadOnlySpan<char> Digits(string text, int start)
    {
        int length = text.AsSpan(start).IndexOfAnyExceptInRange('0', '9');
        return length < 0 ? text.AsSpan(start) : text.AsSpan(start, length);
    }

    /// <summary>Whether the digits before the place, if any, spell more than zero.</summary>
    private static bool IsInsideNumber(string text, int place)
    {
        int before = place - 1;
        while (before >= 0 && text[before] == '0')
        {
            before--;
        }

        return before >= 0 && char.IsAsciiDigit(text[before]);
    }
}
