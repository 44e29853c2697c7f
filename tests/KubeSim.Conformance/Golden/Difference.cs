namespace KubeSim.Conformance.Golden;

/// <summary>What two canonical forms do not have in common.</summary>
internal static class Difference
{
    private const int Shown = 40;

    /// <summary>Fails with the lines that only one of them has: <c>-</c> for what the real one has, <c>+</c> for ours.</summary>
    public static void ShouldBeNone(IReadOnlyList<string> real, IReadOnlyList<string> ours, string what)
    {
        string[] differences = [.. Without(real, ours).Select(line => "- " + line), .. Without(ours, real).Select(line => "+ " + line)];
        if (differences.Length > 0)
        {
            Assert.Fail($"{what}: {differences.Length} lines differ\n{string.Join('\n', differences.Take(Shown))}");
        }
    }

    private static IEnumerable<string> Without(IReadOnlyList<string> lines, IReadOnlyList<string> others)
    {
        var left = others.GroupBy(line => line, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.Count(), StringComparer.Ordinal);
        foreach (string line in lines)
        {
            if (left.GetValueOrDefault(line) is 0)
            {
                yield return line;
            }
            else
            {
                left[line]--;
            }
        }
    }
}
