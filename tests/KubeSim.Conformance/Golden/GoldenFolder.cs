namespace KubeSim.Conformance.Golden;

/// <summary>
/// Where the dumps of the real kube-proxy are: in the folder that KUBESIM_GOLDEN names, else in our own <c>Golden/Data</c>. What is there becomes a
/// test; which sets there are, nobody needs to know.
/// </summary>
internal static class GoldenFolder
{
    public const string Variable = "KUBESIM_GOLDEN";

    private static readonly string Own = Path.Combine(AppContext.BaseDirectory, "Golden", "Data");

    public static string Current => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named ? Path.GetFullPath(named) : Own;

    /// <summary>The sets that have a file of a kind, in the order of their names.</summary>
    /// <param name="kind">The end of its name: <c>iptables-restore</c>.</param>
    public static IReadOnlyList<string> Sets(string kind) => [.. Directory.EnumerateFiles(Current, "*." + kind)
        .Select(Path.GetFileNameWithoutExtension).OfType<string>().Order(StringComparer.Ordinal)];

    /// <summary>The change sequences with a first step of a kind, in the order of their names.</summary>
    public static IReadOnlyList<string> Sequences(string kind) => Directory.Exists(Path.Combine(Current, "sequences"))
        ? [.. Directory.EnumerateDirectories(Path.Combine(Current, "sequences")).Where(folder => File.Exists(Path.Combine(folder, "00." + kind)))
            .Select(Path.GetFileName).OfType<string>().Order(StringComparer.Ordinal)]
        : [];

    /// <summary>One test for each name: <c>Golden_iptables(sample)</c>.</summary>
    public static IEnumerable<TestCaseData> Tests(string test, IEnumerable<string> names) => names.Select(name => new TestCaseData(name).SetName($"{test}({name})"));
}
