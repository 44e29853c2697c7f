using System.Runtime.InteropServices;
using KubeSim.Addressing;
using KubeSim.Collections;
using KubeSim.Tracing;

namespace KubeSim.Measurement;

/// <summary>Counts connections towards a <see cref="LoadReport"/>. Allocates for each endpoint, not for each connection.</summary>
internal sealed class LoadCounter
{
    private readonly long[] _outcomes = new long[Enum.GetValues<ConnectionOutcome>().Length];
    private readonly Dictionary<IpPort, int> _places = [];
    private readonly List<EndpointShare> _endpoints = [];
    private long[] _connections = new long[4];
    private long _crossZone;
    private long _zoneKnown;

    /// <summary>Makes an endpoint known, so that it is reported also when it gets nothing.</summary>
    public void Expect(IpPort endpoint, string? pod, string? node) => Place(endpoint, pod, node);

    public void Failed(ConnectionOutcome outcome) => _outcomes[(int)outcome]++;

    /// <summary>Counts a connection that was answered.</summary>
    /// <param name="endpoint">Who answered.</param>
    /// <param name="pod">The Pod's name without its namespace, or null.</param>
    /// <param name="node">The node's name, or null.</param>
    /// <param name="clientZone">Where the client is, or null.</param>
    /// <param name="serverZone">Where the server is, or null.</param>
    public void Established(IpPort endpoint, string? pod, string? node, string? clientZone, string? serverZone)
    {
        _outcomes[(int)ConnectionOutcome.Established]++;
        int place = Place(endpoint, pod, node);
        _connections[place]++;
        if (clientZone is not null && serverZone is not null)
        {
            _zoneKnown++;
            _crossZone += clientZone == serverZone ? 0 : 1;
        }
    }

    public LoadReport ToReport()
    {
        var shares = new EndpointShare[_endpoints.Count];
        for (int i = 0; i < shares.Length; i++)
        {
            shares[i] = _endpoints[i] with { Connections = _connections[i] };
        }

        Array.Sort(shares, static (left, right) => left.Endpoint.CompareTo(right.Endpoint));
        return new(EquatableArray.Create<long>(_outcomes), EquatableArray.Create<EndpointShare>(shares), _crossZone, _zoneKnown);
    }

    private int Place(IpPort endpoint, string? pod, string? node)
    {
        ref int place = ref CollectionsMarshal.GetValueRefOrAddDefault(_places, endpoint, out bool known);
        if (!known)
        {
            place = _endpoints.Count;
            _endpoints.Add(new EndpointShare(endpoint, pod, node, 0));
            if (place == _connections.Length)
            {
                Array.Resize(ref _connections, place * 2);
            }
        }

        return place;
    }
}
