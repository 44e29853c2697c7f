namespace KubeSim.Dns;

/// <summary>How many slips of the keyboard lie between two names.</summary>
internal static class EditDistance
{
    /// <summary>Names are short; what is longer is nobody's slip.</summary>
    private const int Longest = 63;

    /// <summary>Of the candidates the nearest that can be a slip: one letter in short names, two in longer; the first in ordinal order of several. Null for none.</summary>
    public static string? Nearest(string name, IEnumerable<string> candidates)
    {
        string? nearest = null;
        int best = name.Length < 5 ? 2 : 3;
        foreach (string candidate in candidates)
        {
            int distance = Of(name, candidate, best + 1);
            if (distance < best || (distance == best && nearest is not null && string.CompareOrdinal(candidate, nearest) < 0))
            {
                (nearest, best) = (candidate, distance);
            }
        }

        return nearest;
    }

    /// <summary>Letters to insert, remove, replace or swap with their neighbour; the limit where it is that much or more.</summary>
    public static int Of(string one, string other, int limit)
    {
        if (Math.Abs(one.Length - other.Length) >= limit || one.Length > Longest || other.Length > Longest)
        {
            return limit;
        }

        Span<int> before = stackalloc int[Longest + 1];
        Span<int> last = stackalloc int[Longest + 1];
        Span<int> row = stackalloc int[Longest + 1];
        for (int i = 0; i <= other.Length; i++)
        {
            last[i] = i;
        }

        for (int i = 1; i <= one.Length; i++)
        {
            row[0] = i;
            for (int j = 1; j <= other.Length; j++)
            {
                int replaced = last[j - 1] + (one[i - 1] == other[j - 1] ? 0 : 1);
                row[j] = Math.Min(replaced, Math.Min(last[j], row[j - 1]) + 1);
                if (i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1])
                {
                    row[j] = Math.Min(row[j], before[j - 2] + 1);
                }
            }

            last.CopyTo(before);
            row.CopyTo(last);
        }

        return Math.Min(limit, last[other.Length]);
    }
}
