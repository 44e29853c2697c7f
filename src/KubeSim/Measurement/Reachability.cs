using System.Text;
using KubeSim.Collections;
using KubeSim.Tracing;

namespace KubeSim.Measurement;

/// <summary>Who can reach what: one attempt from each source to each address.</summary>
public sealed record Reachability
{
    // Columns of a few short names still look like a table, and longer lines do not fit where traces do.
    private const int NarrowestColumn = 16;
    private const int Gap = 2;
    private const int LongestLine = 120;

    private readonly EquatableArray<ConnectionOutcome> _outcomes;

    /// <param name="sources">The names of those who try.</param>
    /// <param name="targets">What they try.</param>
    /// <param name="outcomes">Source after source.</param>
    internal Reachability(EquatableArray<string> sources, EquatableArray<ReachabilityTarget> targets, EquatableArray<ConnectionOutcome> outcomes)
    {
        Sources = sources;
        Targets = targets;
        _outcomes = outcomes;
    }

    /// <summary>Who tried, in the order asked for.</summary>
    public EquatableArray<string> Sources { get; }

    /// <summary>What was tried, in the order asked for.</summary>
    public EquatableArray<ReachabilityTarget> Targets { get; }

    /// <summary>Whether every attempt succeeded.</summary>
    public bool IsComplete => !_outcomes.AsSpan().ContainsAnyExcept(ConnectionOutcome.Established);

    /// <summary>What became of one attempt.</summary>
    /// <param name="source">0 up to but not including the number of sources.</param>
    /// <param name="target">0 up to but not including the number of targets.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such source or target.</exception>
    public ConnectionOutcome this[int source, int target]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(source);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(source, Sources.Length);
            ArgumentOutOfRangeException.ThrowIfNegative(target);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(target, Targets.Length);
            return _outcomes[(source * Targets.Length) + target];
        }
    }

    /// <summary>What became of one attempt.</summary>
    /// <param name="source">The name of the source; the first of that name.</param>
    /// <param name="target">What was dialled, for example <c>10.96.41.7:80</c> or <c>web:80</c>; the first of that text.</param>
    /// <exception cref="ArgumentException">There is no such source or target.</exception>
    public ConnectionOutcome this[string source, string target]
    {
        get
        {
            int row = Sources.AsSpan().IndexOf(source);
            int column = Targets.Select(known => known.Text).ToList().IndexOf(target);
            return row < 0 ? throw new ArgumentException($"'{source}' is none of the sources {Sources}.", nameof(source))
                : column < 0 ? throw new ArgumentException($"'{target}' is none of the targets {Targets.Select(known => known.Text).ToEquatableArray()}.", nameof(target))
                : this[row, column];
        }
    }

    /// <summary>
    /// The table: a line for each source and a column for each target, or where that is wider than 120 characters a line for each target. Lines end in
    /// <c>\n</c>; the last has none.
    /// </summary>
    public override string ToString()
    {
        string text = Aligned(Grid(isTurned: false));
        return text.IndexOf('\n', StringComparison.Ordinal) > LongestLine ? Aligned(Grid(isTurned: true)) : text;
    }

    private List<string[]> Grid(bool isTurned)
    {
        bool hasHeadings = Targets.Any(target => target.Heading.Length > 0);
        var grid = new List<string[]>();
        if (hasHeadings)
        {
            grid.Add(["", .. Targets.Select(target => target.Heading)]);
        }

        grid.Add([isTurned ? "to" : "from", .. Targets.Select(target => target.Text)]);
        for (int source = 0; source < Sources.Length; source++)
        {
            grid.Add([Sources[source], .. Enumerable.Range(0, Targets.Length).Select(target => Words.Of(this[source, target]))]);
        }

        return isTurned ? [.. Enumerable.Range(0, Targets.Length + 1).Select(place => grid.Select(line => line[place]).ToArray())] : grid;
    }

    private static string Aligned(List<string[]> rows)
    {
        int[] widths = new int[rows[0].Length];
        foreach (string[] row in rows)
        {
            for (int column = 0; column < row.Length; column++)
            {
                widths[column] = Math.Max(Math.Max(widths[column], NarrowestColumn), row[column].Length + Gap);
            }
        }

        var text = new StringBuilder();
        foreach (string[] row in rows)
        {
            for (int column = 0; column < row.Length; column++)
            {
                text.Append(column == row.Length - 1 ? row[column] : row[column].PadRight(widths[column]));
            }

            text.Append('\n');
        }

        return text.ToString(0, text.Length - 1);
    }
}
