using System.Text.Json;
using KubeSim.Api;
using KubeSim.Conformance.Reading;
using KubeSim.Manifests;

namespace KubeSim.Conformance;

/// <summary>
/// Where the cases are: below the folder that KUBESIM_CASES names, else below our own <c>Cases</c>. The top sub-folder is the family. Whatever
/// cannot be read becomes a test that fails.
/// </summary>
internal static class CaseFolder
{
    public const string Variable = "KUBESIM_CASES";

    /// <summary>The cases that come with the project.</summary>
    public static string Own { get; } = Path.Combine(AppContext.BaseDirectory, "Cases");

    public static string Current => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named ? Path.GetFullPath(named) : Own;

    /// <summary>All cases of the current folder, in the order of their paths, no two of the same name.</summary>
    public static IReadOnlyList<ConformanceCase> Read(string folder)
    {
        if (!Directory.Exists(folder))
        {
            return [ConformanceCase.Broken(folder, "there is no such folder")];
        }

        string[] files = [.. Directory.EnumerateFiles(folder, "*.yaml", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(folder, file).Replace(Path.DirectorySeparatorChar, '/'))
            .Where(file => file != Deviations.FileName)
            .Order(StringComparer.Ordinal)];
        return files.Length == 0 ? [ConformanceCase.Broken(folder, "there is no case in it")] : WithDifferentNames(files.SelectMany(file => ReadFile(folder, file)));
    }

    private static IReadOnlyList<ConformanceCase> ReadFile(string folder, string file)
    {
        string family = file.Split('/')[0];
        if (family == file)
        {
            return [ConformanceCase.Broken(file, "it stands in no family's folder")];
        }

        if (!Families.ByName.TryGetValue(family, out IFamily? runner))
        {
            return [ConformanceCase.Broken(file, $"no runner for family {family}")];
        }

        try
        {
            ConformanceCase[] cases = [.. runner.CasesOf(ReadDocument(Path.Combine(folder, file), file), file[(family.Length + 1)..]).Select(run => ConformanceCase.Of(file, run))];
            return cases.Length == 0 ? [ConformanceCase.Broken(file, "there is no case in it")] : cases;
        }
        catch (Exception wrong) when (wrong is CaseFormatException or ManifestException or IOException)
        {
            return [ConformanceCase.Broken(file, wrong.Message)];
        }
    }

    private static JsonValue ReadDocument(string path, string file)
    {
        List<JsonValue> documents = YamlDocuments.Read(PlainScalars.Quote(File.ReadAllText(path)), file, hasLetterBooleans: false);
        return documents.Count == 1 && documents[0].Kind is JsonValueKind.Object or JsonValueKind.Array
            ? documents[0]
            : throw new CaseFormatException($"expected one document, a case or a list of cases, found {documents.Count}");
    }

    private static IReadOnlyList<ConformanceCase> WithDifferentNames(IEnumerable<ConformanceCase> cases)
    {
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        var different = new List<ConformanceCase>();
        foreach (ConformanceCase one in cases)
        {
            int count = seen[one.Id] = seen.GetValueOrDefault(one.Id) + 1;
            different.Add(count == 1 ? one : one with { Id = $"{one.Id} #{count}" });
        }

        return different;
    }
}
