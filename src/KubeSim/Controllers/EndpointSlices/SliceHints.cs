using KubeSim.Api;
using KubeSim.Collections;

namespace KubeSim.Controllers.EndpointSlices;

/// <summary>
/// Who should prefer an endpoint, from spec.trafficDistribution: every ready endpoint names its own zone, and for
/// PreferSameNode its own node too. A Service that asks for <see cref="TopologyHints"/> gets none of these.
/// </summary>
/// <source>kubernetes v1.36, staging/src/k8s.io/endpointslice/trafficdist</source>
internal sealed class SliceHints
{
    private static readonly SliceHints None = new(forZones: false, forNodes: false);
    private static readonly SliceHints Zones = new(forZones: true, forNodes: false);
    private static readonly SliceHints Nodes = new(forZones: true, forNodes: true);

    private readonly bool _forZones;
    private readonly bool _forNodes;

    private SliceHints(bool forZones, bool forNodes)
    {
        _forZones = forZones;
        _forNodes = forNodes;
    }

    /// <summary>What a Service asks for.</summary>
    public static SliceHints Of(Service service) =>
        TopologyHints.AreWantedBy(service) ? None : service.Spec.TrafficDistribution switch
        {
            TrafficDistribution.PreferClose or TrafficDistribution.PreferSameZone => Zones,
            TrafficDistribution.PreferSameNode => Nodes,
            _ => None,
        };

    /// <summary>Whether a slice that is otherwise right must be written for its hints.</summary>
    public bool AreMissing(EquatableArray<Endpoint> endpoints)
    {
        foreach (Endpoint endpoint in endpoints)
        {
            bool counts = !_forZones || endpoint.Conditions.Ready != false;
            if (counts && endpoint.Hints != HintsOf(endpoint))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The endpoints of a slice that is written, with their hints; the same list where none changes.</summary>
    public EquatableArray<Endpoint> Give(EquatableArray<Endpoint> endpoints)
    {
        Endpoint[]? changed = null;
        for (int i = 0; i < endpoints.Length; i++)
        {
            Endpoint endpoint = Give(endpoints[i]);
            if (!ReferenceEquals(endpoint, endpoints[i]))
            {
                changed ??= endpoints.AsSpan().ToArray();
                changed[i] = endpoint;
            }
        }

        return changed is null ? endpoints : new(changed);
    }

    /// <summary>One endpoint with its hints.</summary>
    public Endpoint Give(Endpoint endpoint)
    {
        if (endpoint.Hints is null && !_forZones)
        {
            return endpoint;
        }

        EndpointHints? hints = HintsOf(endpoint);
        return endpoint.Hints == hints ? endpoint : endpoint with { Hints = hints };
    }

    private EndpointHints? HintsOf(Endpoint endpoint)
    {
        if (endpoint.Conditions.Ready == false)
        {
            return null;
        }

        EquatableArray<ForZone> zones = _forZones && endpoint.Zone is { } zone ? [new ForZone { Name = zone }] : default;
        EquatableArray<ForNode> nodes = _forNodes && endpoint.NodeName is { } node ? [new ForNode { Name = node }] : default;
        return zones.IsEmpty && nodes.IsEmpty ? null : new EndpointHints { ForZones = zones, ForNodes = nodes };
    }
}
