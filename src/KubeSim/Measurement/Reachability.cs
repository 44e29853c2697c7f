using System.Text;
using KubeSim.Collections;
using KubeSim.Tracing;

namespace KubeSim.Measurement;

/// <summary>Who can reach what: one attempt from each source to each address.</summary>
public sealed record Reachability
{
    // Columns of a few short names still look like a table.
    private const int NarrowestColumn = 16;
    private const int Gap = 2;

    private readonly EquatableArray<ConnectionOutcome> _outcomes;

    /// <param name="sources">The names of the rows.</param>
    /// <param name="frontends">The columns.</param>
    /// <param name="outcomes">Row after row.</param>
    internal Reachability(EquatableArray<string> sources, EquatableArray<Frontend> frontends, EquatableArray<ConnectionOutcome> outcomes)
    {
        Sources = sources;
        Frontends = frontends;
        _outcomes = outcomes;
    }

    /// <summary>Who tried: the rows, in the order asked for.</summary>
    public EquatableArray<string> Sources { get; }

    /// <summary>What was tried: the columns, in the order asked for.</summary>
    public EquatableArray<Frontend> Frontends { get; }

    /// <summary>Whether every attempt succeeded.</summary>
    public bool IsComplete
    {
        get
        {
            foreach (ConnectionOutcome outcome in _outcomes)
            {
                if (outcome != ConnectionOutcome.Established)
                {
                    return false;
                }
            }

            return true;
        }
    }

    /// <summary>What became of one attempt.</summary>
    /// <param name="source">The row: 0 up to but not including the number of sources.</param>
    /// <param name="frontend">The column: 0 up to but not including the number of frontends.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row or column.</exception>
    public ConnectionOutcome this[int source, int frontend]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)source, (uint)Sources.Length, nameof(source));
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)frontend, (uint)Frontends.Length, nameof(frontend));
            return _outcomes[(source * Frontends.Length) + frontend];
        }
    }

    /// <summary>What became of one attempt.</summary>
    /// <param name="source">The name of the row; the first of that name.</param>
    /// <param name="frontend">The column; the first that is equal.</param>
    /// <exception cref="ArgumentException">There is no such row or column.</exception>
    public ConnectionOutcome this[string source, Frontend frontend]
    {
        get
        {
            int row = Sources.AsSpan().IndexOf(source);
            int column = Frontends.AsSpan().IndexOf(frontend);
            return row < 0 ? throw new ArgumentException($"'{source}' is none of the sources {Sources}.", nameof(source))
                : column < 0 ? throw new ArgumentException($"'{frontend}' is none of the frontends {Frontends}.", nameof(frontend))
                : this[row, column];
        }
    }

    /// <summary>The table: two lines that name the columns, then a line for each source. Lines end in <c>\n</c>; the last has none.</summary>
    public override string ToString()
    {
        var rows = new List<string[]>
        {
            new string[Frontends.Length + 1],
            new string[Frontends.Length + 1],
        };
        (rows[0][0], rows[1][0]) = ("", "from");
        for (int column = 0; column < Frontends.Length; column++)
        {
            rows[0][column + 1] = Frontends[column].Kind.ToString();
            rows[1][column + 1] = Frontends[column].Address.ToString();
        }

        for (int source = 0; source < Sources.Length; source++)
        {
            string[] row = new string[Frontends.Length + 1];
            row[0] = Sources[source];
            for (int column = 0; column < Frontends.Length; column++)
            {
                row[column + 1] = Words.Of(this[source, column]);
            }

            rows.Add(row);
        }

        return Aligned(rows);
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
