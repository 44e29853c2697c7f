using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using KubeSim.Api;

namespace KubeSim.Manifests;

/// <summary>A manifest cannot be read: its text is neither YAML nor JSON, an object has no kind, or a field holds what it cannot hold. The first such place is reported.</summary>
[SuppressMessage("Design", "CA1032", Justification = "Without a place it would say nothing.")]
public sealed class ManifestException : Exception
{
    // Hostile documents have paths of any length.
    private const int LongestPath = 160;

    internal ManifestException(string? fileName, int line, int column, string fieldPath, string problem, Exception? inner = null)
        : base(Describe(fileName, line, column, fieldPath, problem), inner)
    {
        FileName = fileName;
        Line = line;
        Column = column;
        FieldPath = fieldPath;
        Problem = problem;
    }

    internal ManifestException(string? fileName, string pathPrefix, ObjectFormatException wrong)
        : this(fileName, wrong.Line, wrong.Column, Join(pathPrefix, wrong.FieldPath), wrong.Problem, wrong)
    {
    }

    /// <summary>The file, as it was named when it was read; null for text that came from no file.</summary>
    public string? FileName { get; }

    /// <summary>The line.</summary>
    /// <value>1 or more; 0 where the whole text is meant.</value>
    public int Line { get; }

    /// <summary>The column.</summary>
    /// <value>1 or more; 0 where the whole text is meant.</value>
    public int Column { get; }

    /// <summary>Which field, for example <c>spec.ports[0].port</c>; empty where it is about the text or the whole object.</summary>
    public string FieldPath { get; }

    /// <summary>What was expected and what was found, without the place.</summary>
    public string Problem { get; }

    /// <summary>A path below another one.</summary>
    internal static string Join(string prefix, string path) => prefix.Length == 0 ? path : path.Length == 0 ? prefix : $"{prefix}.{path}";

    /// <summary><c>web.yaml:12:5: spec.ports[0].port: expected …</c>, leaving out what is not known.</summary>
    internal static string Describe(string? fileName, int line, int column, string fieldPath, string problem)
    {
        string place = (fileName, line) switch
        {
            (null, 0) => "",
            (null, _) => string.Create(CultureInfo.InvariantCulture, $"line {line}, column {column}: "),
            (_, 0) => fileName + ": ",
            _ => string.Create(CultureInfo.InvariantCulture, $"{fileName}:{line}:{column}: "),
        };
        return place + fieldPath.Length switch
        {
            0 => problem,
            <= LongestPath => $"{fieldPath}: {problem}",
            _ => $"{fieldPath[..(LongestPath / 2)]}...{fieldPath[^(LongestPath / 2)..]}: {problem}",
        };
    }
}
