namespace KubeSim.Tests.Tidy;

/// <summary>Line by line, what became of one text in another: <c>-</c> is gone, <c>+</c> is new.</summary>
internal static class TextDifference
{
    private const int MostLines = 60;

    public static string Of(string before, string after)
    {
        string[] old = before.Split('\n');
        string[] now = after.Split('\n');
        int[,] common = Common(old, now);
        var lines = new List<string>();
        for (int i = 0, j = 0; i < old.Length || j < now.Length;)
        {
            if (i < old.Length && j < now.Length && old[i] == now[j])
            {
                i++;
                j++;
            }
            else if (j == now.Length || (i < old.Length && common[i + 1, j] >= common[i, j + 1]))
            {
                lines.Add($"-{i + 1,5}: {old[i++]}");
            }
            else
            {
                lines.Add($"+{j + 1,5}: {now[j++]}");
            }
        }

        if (lines.Count > MostLines) lines = [.. lines.Take(MostLines), $"... and {lines.Count - MostLines} lines more"];
        return string.Join('\n', lines);
    }

    /// <summary>The length of the longest common subsequence of the rest of both texts, from each pair of lines.</summary>
    private static int[,] Common(string[] old, string[] now)
    {
        int[,] common = new int[old.Length + 1, now.Length + 1];
        for (int i = old.Length - 1; i >= 0; i--)
        {
            for (int j = now.Length - 1; j >= 0; j--)
                common[i, j] = old[i] == now[j] ? common[i + 1, j + 1] + 1 : Math.Max(common[i + 1, j], common[i, j + 1]);
        }

        return common;
    }
}
