using System.Globalization;
using KubeSim.Conformance.Reading;

namespace KubeSim.Conformance;

/// <summary>What a case found to differ, and what it could not look at: one run tells all of it.</summary>
internal sealed class Findings
{
    private readonly List<string> _lines = [];

    /// <summary>Notes a difference between what is and what the case expects.</summary>
    public void Check<T>(CaseNode where, T actual, T expected, string? what = null)
    {
        if (!EqualityComparer<T>.Default.Equals(actual, expected))
        {
            Add(where, string.Create(CultureInfo.InvariantCulture, $"{(what is null ? "" : what + ": ")}expected {expected}, found {actual}"));
        }
    }

    /// <summary>The same for lists in which the order does not count.</summary>
    public void CheckSet(CaseNode where, IEnumerable<string> actual, IEnumerable<string> expected, string? what = null) =>
        Check(where, Join(actual.Order(StringComparer.Ordinal)), Join(expected.Order(StringComparer.Ordinal)), what);

    /// <summary>The same for lists in which it does.</summary>
    public void CheckList(CaseNode where, IEnumerable<string> actual, IEnumerable<string> expected, string? what = null) =>
        Check(where, Join(actual), Join(expected), what);

    /// <summary>Notes an expectation that nothing in KubeSim can answer yet, and reads it.</summary>
    public void NotYet(CaseNode expectation, string missing)
    {
        _ = expectation.Whole;
        Add(expectation, "not looked at, for want of " + missing);
    }

    public void Add(CaseNode where, string problem) => _lines.Add($"{where.Place}: {where.Path} {problem}");

    /// <summary>Fails the case where anything was noted.</summary>
    /// <exception cref="CaseFailedException">Something was.</exception>
    public void Conclude()
    {
        if (_lines.Count > 0)
        {
            throw new CaseFailedException(string.Join(Environment.NewLine, _lines));
        }
    }

    private static string Join(IEnumerable<string> texts) => "[" + string.Join(", ", texts) + "]";
}
