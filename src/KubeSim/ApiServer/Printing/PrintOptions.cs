namespace KubeSim.ApiServer.Printing;

/// <summary>What kubectl is told about the look of a table.</summary>
internal sealed record PrintOptions
{
    /// <summary>As without any flag.</summary>
    internal static PrintOptions Plain { get; } = new();

    /// <summary><c>-o wide</c></summary>
    internal bool Wide { get; init; }

    /// <summary><c>--all-namespaces</c>: a first column with the namespace.</summary>
    internal bool AllNamespaces { get; init; }

    /// <summary><c>--show-labels</c></summary>
    internal bool ShowLabels { get; init; }

    /// <summary><c>--no-headers</c></summary>
    internal bool NoHeaders { get; init; }

    /// <summary>Names with their kind, as kubectl prints them when it lists several kinds: <c>service/web</c>.</summary>
    internal bool WithKind { get; init; }
}
