using System.Text;
using KubeSim.Api;
using KubeSim.Collections;

namespace KubeSim.ApiServer.Printing;

/// <summary>A list of objects as <c>kubectl get</c> shows it.</summary>
/// <source>kubernetes v1.36, pkg/printers/internalversion/printers.go; cli-runtime/pkg/printers/tableprinter.go</source>
internal sealed class PrintedTable
{
    // A column is as wide as its widest cell and the gap behind it, and never narrower than this.
    private const int Gap = 3;
    private const int Narrowest = 6;

    private readonly ResourceType _resource;

    private PrintedTable(ResourceType resource, EquatableArray<PrintedColumn> columns, EquatableArray<PrintedRow> rows)
    {
        _resource = resource;
        Columns = columns;
        Rows = rows;
    }

    internal EquatableArray<PrintedColumn> Columns { get; }

    internal EquatableArray<PrintedRow> Rows { get; }

    /// <summary>Makes the table of objects of one kind.</summary>
    /// <param name="resource">The kind.</param>
    /// <param name="objects">The rows, in their order.</param>
    /// <param name="now">When ages are told.</param>
    internal static PrintedTable Of(ResourceType resource, IReadOnlyList<KubernetesObject> objects, DateTimeOffset now)
    {
        var printer = Printer.Of(resource);
        var rows = new PrintedRow[objects.Count];
        for (int i = 0; i < rows.Length; i++)
        {
            rows[i] = new PrintedRow(objects[i], printer.Cells(objects[i], now));
        }

        return new PrintedTable(resource, printer.Columns, new EquatableArray<PrintedRow>(rows));
    }

    /// <summary>The table without wide columns.</summary>
    public override string ToString() => ToText(PrintOptions.Plain);

    /// <summary>The lines that kubectl writes, each with its line feed; nothing for an empty table.</summary>
    internal string ToText(PrintOptions options)
    {
        if (Rows.IsEmpty)
        {
            return "";
        }

        var lines = new List<List<string>>();
        if (!options.NoHeaders)
        {
            lines.Add(Line(options, "NAMESPACE", Columns.AsSpan(), static column => column.Name.ToUpperInvariant(), "LABELS"));
        }

        foreach (PrintedRow row in Rows)
        {
            lines.Add(Line(options, row.Object.Metadata.Namespace, row.Cells.AsSpan(), static cell => cell, Cell.Labels(row.Object.Metadata.Labels)));
            if (options.WithKind)
            {
                int name = options.AllNamespaces && _resource.IsNamespaced ? 1 : 0;
                lines[^1][name] = $"{_resource.QualifiedSingular}/{lines[^1][name]}";
            }
        }

        return Aligned(lines);
    }

    private List<string> Line<T>(PrintOptions options, string space, ReadOnlySpan<T> cells, Func<T, string> textOf, string labels)
    {
        var line = new List<string>();
        if (options.AllNamespaces && _resource.IsNamespaced)
        {
            line.Add(space);
        }

        for (int i = 0; i < cells.Length; i++)
        {
            if (options.Wide || !Columns[i].IsWide)
            {
                line.Add(textOf(cells[i]));
            }
        }

        if (options.ShowLabels)
        {
            line.Add(labels);
        }

        return line;
    }

    private static string Aligned(List<List<string>> lines)
    {
        var text = new StringBuilder();
        int columns = lines[0].Count;
        int[] widths = new int[columns];
        foreach (List<string> line in lines)
        {
            for (int i = 0; i < columns; i++)
            {
                widths[i] = Math.Max(widths[i], Math.Max(line[i].Length + Gap, Narrowest));
            }
        }

        foreach (List<string> line in lines)
        {
            for (int i = 0; i < columns - 1; i++)
            {
                text.Append(line[i].PadRight(widths[i]));
            }

            text.Append(line[^1]).Append('\n');
        }

        return text.ToString();
    }
}
