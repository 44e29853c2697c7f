using System.Diagnostics.CodeAnalysis;

namespace KubeSim.Api;

/// <summary>A field of an object holds another kind of value than Kubernetes wants there.</summary>
[SuppressMessage("Design", "CA1032", Justification = "Without a field it would say nothing.")]
public sealed class ObjectFormatException : Exception
{
    internal ObjectFormatException(string fieldPath, string problem, int line = 0, int column = 0)
        : base(fieldPath.Length == 0 ? problem : $"{fieldPath}: {problem}")
    {
        FieldPath = fieldPath;
        Problem = problem;
        Line = line;
        Column = column;
    }

    /// <summary>Which field, for example <c>spec.ports[0].port</c>; empty for the object itself.</summary>
    public string FieldPath { get; }

    /// <summary>What was expected and what was found.</summary>
    public string Problem { get; }

    /// <summary>The line of the document the field was read from.</summary>
    /// <value>1 or more; 0 where there is no document.</value>
    public int Line { get; }

    /// <summary>The column of the document the field was read from.</summary>
    /// <value>1 or more; 0 where there is no document.</value>
    public int Column { get; }
}
