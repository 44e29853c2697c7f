using System.Runtime.CompilerServices;

namespace KubeSim.Tests.Tidy;

/// <summary>The files of this repository, as they lie on disk around the tests.</summary>
internal static class Repository
{
    private static readonly string[] NotOurs =
        ["bin", "obj", ".git", ".vs", ".idea", ".vscode", "artifacts", "TestResults", "BenchmarkDotNet.Artifacts"];

    public static string Root { get; } = FindRoot();

    /// <summary>KUBESIM_UPDATE=1 rewrites what is recorded instead of comparing with it.</summary>
    public static bool Update => Environment.GetEnvironmentVariable("KUBESIM_UPDATE") == "1";

    public static string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    /// <summary>The text with one kind of line ending, whatever git made of it.</summary>
    public static string Read(string path) => File.ReadAllText(path).ReplaceLineEndings("\n");

    /// <summary>Paths below a folder with forward slashes, relative to the root, in ordinal order; no build output.</summary>
    public static IReadOnlyList<string> Files(string folder, string pattern)
    {
        var found = new List<string>();
        Collect(PathOf(folder), pattern, found);
        found.Sort(StringComparer.Ordinal);
        return found;
    }

    private static void Collect(string folder, string pattern, List<string> found)
    {
        if (!Directory.Exists(folder)) return;
        foreach (string file in Directory.EnumerateFiles(folder, pattern))
            found.Add(Path.GetRelativePath(Root, file).Replace('\\', '/'));
        foreach (string child in Directory.EnumerateDirectories(folder))
        {
            if (!NotOurs.Contains(Path.GetFileName(child), StringComparer.Ordinal)) Collect(child, pattern, found);
        }
    }

    private static string FindRoot([CallerFilePath] string thisFile = "")
    {
        for (string? folder = Path.GetDirectoryName(thisFile); folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, "KubeSim.sln"))) return folder;
        }

        throw new InvalidOperationException($"No KubeSim.sln above {thisFile}: the tests read the sources beside them.");
    }
}
