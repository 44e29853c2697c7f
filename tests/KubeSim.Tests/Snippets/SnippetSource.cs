using System.Reflection;
using KubeSim.Tests.Tidy;

namespace KubeSim.Tests.Snippets;

/// <summary>
/// The examples of the documentation. A snippet <c>Name</c> is a <c>#region Name</c> in a file of this folder; where its output is shown,
/// the region stands in a public static method <c>Name()</c>, which runs and writes to <see cref="Console"/>.
/// </summary>
internal static class SnippetSource
{
    private const string Folder = "tests/KubeSim.Tests/Snippets";

    /// <summary>The lines of a region without the indentation that they share.</summary>
    public static string Code(string name) =>
        Repository.Files(Folder, "*.cs").Select(path => Region(Repository.Read(Repository.PathOf(path)), name)).FirstOrDefault(code => code is not null)
        ?? throw new InvalidOperationException($"No '#region {name}' in {Folder}.");

    public static string? Region(string source, string name)
    {
        string[] lines = source.Split('\n');
        int start = Array.FindIndex(lines, line => line.Trim() == "#region " + name);
        if (start < 0) return null;
        int end = Array.FindIndex(lines, start, line => line.Trim() == "#endregion");
        string[] body = end < 0 ? throw new InvalidOperationException($"'#region {name}' has no end.") : lines[(start + 1)..end];
        int indent = body.Where(line => line.Trim().Length > 0).Select(line => line.Length - line.TrimStart().Length).DefaultIfEmpty().Min();
        return string.Join('\n', body.Select(line => line.Length < indent ? "" : line[indent..].TrimEnd())).Trim('\n');
    }

    /// <summary>What the method of that name prints.</summary>
    public static string Output(string name)
    {
        MethodInfo method = typeof(SnippetSource).Assembly.GetTypes().Where(type => type.Namespace == typeof(SnippetSource).Namespace)
            .Select(type => type.GetMethod(name, BindingFlags.Public | BindingFlags.Static, [])).FirstOrDefault(found => found is not null)
            ?? throw new InvalidOperationException($"No public static method '{name}()' in {Folder}.");
        TextWriter console = Console.Out;
        using var written = new StringWriter();
        Console.SetOut(written);
        try
        {
            if (method.Invoke(null, BindingFlags.DoNotWrapExceptions, null, null, null) is Task task) task.GetAwaiter().GetResult();
        }
        finally
        {
            Console.SetOut(console);
        }

        return Trimmed(written.ToString());
    }

    private static string Trimmed(string text) =>
        string.Join('\n', text.ReplaceLineEndings("\n").Split('\n').Select(line => line.TrimEnd())).Trim('\n');
}
