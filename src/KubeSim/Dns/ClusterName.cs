namespace KubeSim.Dns;

/// <summary>A name in the cluster's zone, read from its right end as CoreDNS does: kind, namespace, Service, then nothing, an endpoint, or protocol and port.</summary>
/// <source>coredns plugin/kubernetes/parse.go</source>
internal readonly ref struct ClusterName
{
    private ClusterName(ClusterNameKind kind) => Kind = kind;

    public ClusterNameKind Kind { get; init; }

    /// <summary>Under <c>pod</c>, not <c>svc</c>.</summary>
    public bool IsPod { get; init; }

    public ReadOnlySpan<char> Namespace { get; init; }

    /// <summary>The Service, or a Pod's address label.</summary>
    public ReadOnlySpan<char> Service { get; init; }

    public ReadOnlySpan<char> Endpoint { get; init; }

    /// <summary>Without its underscore; empty matches every port.</summary>
    public ReadOnlySpan<char> Port { get; init; }

    /// <summary>Without its underscore.</summary>
    public ReadOnlySpan<char> Protocol { get; init; }

    /// <summary>The zone whose endpoints are asked for.</summary>
    public ReadOnlySpan<char> TopologyZone { get; init; }

    /// <summary>Whether endpoints of other zones will not do.</summary>
    public bool IsPinned { get; init; }

    /// <param name="labels">The labels left of the zone; empty for the zone itself.</param>
    public static ClusterName Parse(ReadOnlySpan<char> labels)
    {
        if (labels.IsEmpty)
        {
            return new(ClusterNameKind.Zone);
        }

        ReadOnlySpan<char> root = TakeLast(ref labels);
        bool isPod = root.Equals("pod", StringComparison.OrdinalIgnoreCase);
        if (!isPod && !root.Equals("svc", StringComparison.OrdinalIgnoreCase))
        {
            return new(ClusterNameKind.Invalid);
        }

        var name = new ClusterName(ClusterNameKind.Zone) { IsPod = isPod };
        if (labels.IsEmpty)
        {
            return name;
        }

        name = name with { Kind = ClusterNameKind.Namespace, Namespace = TakeLast(ref labels) };
        if (labels.IsEmpty)
        {
            return name;
        }

        name = name with { Kind = ClusterNameKind.Service, Service = TakeLast(ref labels) };
        if (labels.IsEmpty)
        {
            return name;
        }

        ReadOnlySpan<char> last = TakeLast(ref labels);
        if (labels.IsEmpty)
        {
            return name with { Kind = ClusterNameKind.Endpoint, Endpoint = last };
        }

        if (last.Equals("_zone", StringComparison.OrdinalIgnoreCase) && labels.Count('.') == 1)
        {
            ReadOnlySpan<char> mode = TakeLast(ref labels);
            bool isPinned = mode.Equals("pin", StringComparison.OrdinalIgnoreCase);
            return isPinned || mode.Equals("prefer", StringComparison.OrdinalIgnoreCase)
                ? name with { Kind = ClusterNameKind.TopologyZone, TopologyZone = labels, IsPinned = isPinned } : new(ClusterNameKind.Invalid);
        }

        name = name with { Kind = ClusterNameKind.Port, Protocol = WithoutUnderscore(last), Port = WithoutUnderscore(TakeLast(ref labels)) };
        return labels.IsEmpty ? name : new(ClusterNameKind.Invalid);
    }

    /// <summary>Whether a port is asked for; what is not in the question matches everything.</summary>
    public bool Matches(string? port, string? protocol) => Matches(Port, port) && Matches(Protocol, protocol);

    private static bool Matches(ReadOnlySpan<char> asked, string? actual) => asked.IsEmpty || asked.Equals(actual, StringComparison.OrdinalIgnoreCase);

    private static ReadOnlySpan<char> WithoutUnderscore(ReadOnlySpan<char> label) => label is ['_', ..] ? label[1..] : label;

    private static ReadOnlySpan<char> TakeLast(scoped ref ReadOnlySpan<char> labels)
    {
        int dot = labels.LastIndexOf('.');
        ReadOnlySpan<char> last = labels[(dot + 1)..];
        labels = dot < 0 ? default : labels[..dot];
        return last;
    }
}
