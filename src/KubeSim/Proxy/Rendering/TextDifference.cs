using System.Text;

namespace KubeSim.Proxy.Rendering;

/// <summary>The lines that two texts do not share, each with a few lines around it.</summary>
internal static class TextDifference
{
    private const int Around = 2;

    /// <summary>Lines of the first alone begin with a minus, of the second alone with a plus, of both with a blank; <c>@@</c> stands where lines are left out.</summary>
    public static string Of(string before, string after)
    {
        string[] old = before.Split('\n');
        string[] now = after.Split('\n');
        int same = 0;
        while (same < old.Length && same < now.Length && old[same] == now[same])
        {
            same++;
        }

        int tail = 0;
        while (tail < old.Length - same && tail < now.Length - same && old[^(tail + 1)] == now[^(tail + 1)])
        {
            tail++;
        }

        List<(char Sign, string Line)> lines = [.. old.Take(same).Select(line => (' ', line))];
        AddMiddle(lines, old.AsSpan(same, old.Length - same - tail), now.AsSpan(same, now.Length - same - tail));
        lines.AddRange(old.Skip(old.Length - tail).Select(line => (' ', line)));
        return Text(lines);
    }

    /// <summary>A line that stands in both keeps its place where the order allows: the longest run that rises in both wins.</summary>
    private static void AddMiddle(List<(char Sign, string Line)> lines, ReadOnlySpan<string> old, ReadOnlySpan<string> now)
    {
        List<(int Old, int Now)> kept = Kept(old, now);
        int i = 0, j = 0;
        foreach ((int keptOld, int keptNow) in kept)
        {
            AddChanged(lines, old[i..keptOld], now[j..keptNow]);
            lines.Add((' ', old[keptOld]));
            (i, j) = (keptOld + 1, keptNow + 1);
        }

        AddChanged(lines, old[i..], now[j..]);
    }

    private static void AddChanged(List<(char Sign, string Line)> lines, ReadOnlySpan<string> old, ReadOnlySpan<string> now)
    {
        foreach (string line in old)
        {
            lines.Add(('-', line));
        }

        foreach (string line in now)
        {
            lines.Add(('+', line));
        }
    }

    /// <summary>Pairs of places of lines that occur once in each text, as many as rise in both: patience, in n log n.</summary>
    private static List<(int Old, int Now)> Kept(ReadOnlySpan<string> old, ReadOnlySpan<string> now)
    {
        Dictionary<string, int> onceInOld = Once(old);
        Dictionary<string, int> onceInNow = Once(now);
        var pairs = new List<(int Old, int Now, int Before)>();
        var ends = new List<int>();
        for (int i = 0; i < old.Length; i++)
        {
            if (!onceInOld.ContainsKey(old[i]) || !onceInNow.TryGetValue(old[i], out int place))
            {
                continue;
            }

            int low = 0, high = ends.Count;
            while (low < high)
            {
                int middle = (low + high) / 2;
                (low, high) = pairs[ends[middle]].Now < place ? (middle + 1, high) : (low, middle);
            }

            pairs.Add((i, place, low == 0 ? -1 : ends[low - 1]));
            if (low == ends.Count)
            {
                ends.Add(pairs.Count - 1);
            }
            else
            {
                ends[low] = pairs.Count - 1;
            }
        }

        var kept = new List<(int Old, int Now)>();
        for (int pair = ends.Count == 0 ? -1 : ends[^1]; pair >= 0; pair = pairs[pair].Before)
        {
            kept.Add((pairs[pair].Old, pairs[pair].Now));
        }

        kept.Reverse();
        return kept;
    }

    private static Dictionary<string, int> Once(ReadOnlySpan<string> lines)
    {
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        var twice = new HashSet<string>(StringComparer.Ordinal);
        for (int i = 0; i < lines.Length; i++)
        {
            if (!places.TryAdd(lines[i], i))
            {
                twice.Add(lines[i]);
            }
        }

        foreach (string line in twice)
        {
            places.Remove(line);
        }

        return places;
    }

    private static string Text(List<(char Sign, string Line)> lines)
    {
        var text = new StringBuilder();
        int shown = -1;
        for (int i = 0; i < lines.Count; i++)
        {
            if (!IsNearChange(lines, i))
            {
                continue;
            }

            if (shown != i - 1)
            {
                text.Append("@@\n");
            }

            shown = i;
            text.Append(lines[i].Sign).Append(lines[i].Line).Append('\n');
        }

        return text.ToString();
    }

    private static bool IsNearChange(List<(char Sign, string Line)> lines, int place)
    {
        for (int i = Math.Max(0, place - Around); i <= Math.Min(lines.Count - 1, place + Around); i++)
        {
            if (lines[i].Sign != ' ')
            {
                return true;
            }
        }

        return false;
    }
}
