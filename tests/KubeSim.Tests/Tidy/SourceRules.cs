using System.Text.RegularExpressions;

namespace KubeSim.Tests.Tidy;

/// <summary>Rules about one source file; each returns what is wrong, or null.</summary>
internal static partial class SourceRules
{
    public const int LongestFile = 400;
    public const int MedianFile = 80;

    private const string Project = "src/KubeSim/";

    /// <summary>Where numbers are meant to wrap around.</summary>
    private static readonly string[] MayWrap = ["DeterministicRandom.cs", "StableHash.cs", "EventSlots.cs", "HSipHash.cs"];

    private static readonly Func<string, string, string?>[] All =
        [TooLong, NamespaceIsNotFolder, NoTypeOfThatName, PushesEvents, UsesSubject, UsesUnorderedImmutable, Wraps];

    public static IEnumerable<string> Broken(string path, string source) =>
        All.Select(rule => rule(path, source)).OfType<string>().Select(wrong => $"{path}: {wrong}");

    public static string? TooLong(string path, string source) =>
        Lines(source) is var lines && lines > LongestFile ? $"{lines} lines, more than {LongestFile}: more than one concept" : null;

    public static string? NamespaceIsNotFolder(string path, string source)
    {
        string folder = path[..path.LastIndexOf('/')];
        string wanted = folder[(Project.LastIndexOf('/', Project.Length - 2) + 1)..].Replace('/', '.');
        string actual = Namespace().Match(CSharpText.CodeOnly(source)).Groups[1].Value;
        return actual == wanted || HasNoType(path) ? null : $"namespace '{actual}', but its folder says '{wanted}'";
    }

    public static string? NoTypeOfThatName(string path, string source)
    {
        string name = FileName(path).Split('.')[0];
        return HasNoType(path) || TypeName().Matches(CSharpText.CodeOnly(source)).Any(m => m.Groups[1].Value == name)
            ? null : $"declares no type '{name}'";
    }

    public static string? PushesEvents(string path, string source) =>
        FileName(path) != "Broadcast.cs" && OnNext().IsMatch(CSharpText.CodeOnly(source)) ? "only Broadcast calls OnNext" : null;

    public static string? UsesSubject(string path, string source) =>
        Subject().IsMatch(CSharpText.CodeOnly(source)) ? "a Subject does not keep the order of events; use Broadcast" : null;

    public static string? UsesUnorderedImmutable(string path, string source) =>
        Unordered().IsMatch(CSharpText.CodeOnly(source)) ? "ImmutableDictionary and ImmutableHashSet enumerate differently in each process" : null;

    public static string? Wraps(string path, string source) =>
        !MayWrap.Contains(FileName(path), StringComparer.Ordinal) && Unchecked().IsMatch(CSharpText.CodeOnly(source))
            ? "unchecked arithmetic outside hashing and random numbers" : null;

    public static int Lines(string source) => source.Length == 0 ? 0 : source.TrimEnd('\n').Split('\n').Length;

    public static double Median(IEnumerable<int> values)
    {
        int[] sorted = [.. values.Order()];
        if (sorted.Length == 0) return 0;
        int middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2.0;
    }

    private static string FileName(string path) => path[(path.LastIndexOf('/') + 1)..];

    private static bool HasNoType(string path) => FileName(path) is "GlobalUsings.cs" or "AssemblyAttributes.cs";

    [GeneratedRegex(@"^\s*namespace\s+([\w.]+)", RegexOptions.Multiline)]
    private static partial Regex Namespace();

    [GeneratedRegex(@"\b(?:class|struct|record|interface|enum|delegate\s+[\w<>\[\],?. ]+?)\s+(\w+)\s*(?:[<({:;]|where\b|$)", RegexOptions.Multiline)]
    private static partial Regex TypeName();

    [GeneratedRegex(@"\.\s*OnNext\b")]
    private static partial Regex OnNext();

    [GeneratedRegex(@"\b(?:Replay|Behavior|Async)?Subject\s*[<(.]")]
    private static partial Regex Subject();

    [GeneratedRegex(@"\bImmutable(?:Dictionary|HashSet)\b")]
    private static partial Regex Unordered();

    [GeneratedRegex(@"\bunchecked\b")]
    private static partial Regex Unchecked();
}
