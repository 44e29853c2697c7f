using System.Globalization;
using KubeSim.Addressing;
using KubeSim.Api;
using KubeSim.Collections;
using KubeSim.LoadBalancing;

namespace KubeSim.Proxy;

/// <summary>One slice as one service port sees it. Immutable; lists are made when they are first asked for.</summary>
internal sealed class SlicePart
{
    private const int NoEndpoint = -1;

    private readonly SliceEndpoint[] _endpoints;
    private EquatableArray<Backend>? _ready;
    private EquatableArray<Backend>? _fallback;
    private BackendsByName? _readyOnNode;
    private BackendsByName? _fallbackOnNode;
    private BackendsByName? _readyForNode;
    private BackendsByName? _readyForZone;

    private SlicePart(ushort port, SliceEndpoint[] endpoints, int[] ranks)
        : this(port, endpoints, ranks, CountsOf(endpoints))
    {
    }

    private SlicePart(ushort port, SliceEndpoint[] endpoints, int[] ranks, EndpointCounts counts)
    {
        Port = port;
        _endpoints = endpoints;
        Ranks = ranks;
        Counts = counts;
    }

    /// <summary>The slice's number for the port.</summary>
    public ushort Port { get; }

    /// <summary>In kube-proxy's order: by address and port as a text.</summary>
    public ReadOnlySpan<SliceEndpoint> Endpoints => _endpoints;

    public EndpointCounts Counts { get; }

    /// <summary>For each place in the slice the place in <see cref="Endpoints"/>; the same instance where the addresses are the same.</summary>
    public int[] Ranks { get; }

    public EquatableArray<Backend> Ready => _ready ??= Where(Counts.Ready, isReady: true);

    public EquatableArray<Backend> Fallback => _fallback ??= Where(Counts.Fallback, isReady: false);

    /// <summary>Ready endpoints by the node they run on.</summary>
    public BackendsByName ReadyOnNode => _readyOnNode ??= OnNode(static endpoint => endpoint.IsReady);

    /// <summary>Terminating endpoints that still serve, by the node they run on.</summary>
    public BackendsByName FallbackOnNode => _fallbackOnNode ??= OnNode(static endpoint => endpoint.IsFallback);

    /// <summary>Ready endpoints by the nodes that are to prefer them.</summary>
    public BackendsByName ReadyForNode => _readyForNode ??= ForNode();

    /// <summary>Ready endpoints by the zones that are to prefer them.</summary>
    public BackendsByName ReadyForZone => _readyForZone ??= ForZone();

    /// <summary>Reads a slice, or gives null where it has no such port.</summary>
    /// <param name="slice">A slice of the family.</param>
    /// <param name="portName">The name of the Service's port.</param>
    /// <param name="protocol">Its protocol.</param>
    /// <param name="isIPv6">The family.</param>
    /// <param name="before">The same slice before; what has not changed is not read again.</param>
    public static SlicePart? Read(EndpointSlice slice, string portName, TransportProtocol protocol, bool isIPv6, SlicePart? before)
    {
        if (PortOf(slice, portName, protocol) is not { } port)
        {
            return null;
        }

        return (before?.Port == port ? before.Reread(slice, isIPv6) : null) ?? Read(slice, port, isIPv6);
    }

    /// <summary>The part with only some of its endpoints.</summary>
    public SlicePart Only(Predicate<SliceEndpoint> isKept) => new(Port, Array.FindAll(_endpoints, isKept), []);

    private static EndpointCounts CountsOf(SliceEndpoint[] endpoints)
    {
        EndpointCounts counts = default;
        foreach (SliceEndpoint endpoint in endpoints)
        {
            counts += EndpointCounts.Of(endpoint);
        }

        return counts;
    }

    private static ushort? PortOf(EndpointSlice slice, string portName, TransportProtocol protocol)
    {
        foreach (EndpointPort port in slice.Ports)
        {
            if (port.Name == portName && port.Port is > 0 and <= ushort.MaxValue and var number && FrontendRules.ProtocolOf(port.Protocol) == protocol)
            {
                return (ushort)number;
            }
        }

        return null;
    }

    private static SlicePart Read(EndpointSlice slice, ushort port, bool isIPv6)
    {
        var read = new List<(string Text, int Place, SliceEndpoint Endpoint)>(slice.Endpoints.Length);
        for (int i = 0; i < slice.Endpoints.Length; i++)
        {
            if (SliceEndpoint.Read(slice.Endpoints[i], port, isIPv6, null) is { } endpoint)
            {
                read.Add((endpoint.Backend.Address.ToString(null, CultureInfo.InvariantCulture), i, endpoint));
            }
        }

        read.Sort(static (left, right) => string.CompareOrdinal(left.Text, right.Text) is not 0 and var order ? order : left.Place.CompareTo(right.Place));
        var ranks = new int[slice.Endpoints.Length];
        Array.Fill(ranks, NoEndpoint);
        var endpoints = new SliceEndpoint[read.Count];
        for (int i = 0; i < endpoints.Length; i++)
        {
            endpoints[i] = read[i].Endpoint;
            ranks[read[i].Place] = i;
        }

        return new(port, endpoints, ranks);
    }

    /// <summary>Reads only what has changed; null where an address has changed, and with it perhaps the order.</summary>
    private SlicePart? Reread(EndpointSlice slice, bool isIPv6)
    {
        if (slice.Endpoints.Length != Ranks.Length)
        {
            return null;
        }

        SliceEndpoint[]? changed = null;
        EndpointCounts counts = Counts;
        for (int i = 0; i < Ranks.Length; i++)
        {
            int rank = Ranks[i];
            if (rank == NoEndpoint)
            {
                return null;
            }

            SliceEndpoint before = _endpoints[rank];
            SliceEndpoint? now = SliceEndpoint.Read(slice.Endpoints[i], Port, isIPv6, before);
            if (ReferenceEquals(before, now))
            {
                continue;
            }

            if (now is null || now.Backend.Address != before.Backend.Address)
            {
                return null;
            }

            changed ??= [.. _endpoints];
            changed[rank] = now;
            counts = counts - EndpointCounts.Of(before) + EndpointCounts.Of(now);
        }

        return changed is null ? this : new(Port, changed, Ranks, counts);
    }

    private EquatableArray<Backend> Where(int count, bool isReady)
    {
        if (count == 0)
        {
            return default;
        }

        var backends = new Backend[count];
        int next = 0;
        foreach (SliceEndpoint endpoint in _endpoints)
        {
            if (isReady ? endpoint.IsReady : endpoint.IsFallback)
            {
                backends[next++] = endpoint.Backend;
            }
        }

        return new(backends);
    }

    private BackendsByName OnNode(Func<SliceEndpoint, bool> condition)
    {
        var byNode = new BackendsByName();
        foreach (SliceEndpoint endpoint in _endpoints)
        {
            if (condition(endpoint) && endpoint.Source.NodeName is { } node)
            {
                byNode.Add(node, endpoint.Backend);
            }
        }

        return byNode;
    }

    private BackendsByName ForNode()
    {
        var byNode = new BackendsByName();
        foreach (SliceEndpoint endpoint in _endpoints)
        {
            foreach (ForNode hint in endpoint.IsReady && endpoint.Source.Hints is { } hints ? hints.ForNodes : default)
            {
                byNode.Add(hint.Name, endpoint.Backend);
            }
        }

        return byNode;
    }

    private BackendsByName ForZone()
    {
        var byZone = new BackendsByName();
        foreach (SliceEndpoint endpoint in _endpoints)
        {
            foreach (ForZone hint in endpoint.IsReady && endpoint.Source.Hints is { } hints ? hints.ForZones : default)
            {
                byZone.Add(hint.Name, endpoint.Backend);
            }
        }

        return byZone;
    }
}
