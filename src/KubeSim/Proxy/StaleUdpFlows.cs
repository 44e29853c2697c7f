using KubeSim.Addressing;
using KubeSim.Dataplane;

namespace KubeSim.Proxy;

/// <summary>
/// Which UDP flows kube-proxy takes out of conntrack: those to an address of a Service that lead to no serving endpoint of it. UDP
/// clients may send for ever with the same port, and the kernel would let them follow their entry to an endpoint that is gone.
/// Readiness, traffic policies and topology do not matter. TCP and SCTP are never touched.
/// </summary>
/// <source>kubernetes v1.36, pkg/proxy/conntrack/cleanup.go: CleanStaleEntries</source>
internal sealed class StaleUdpFlows
{
    private readonly bool _isIPv6;
    private readonly Dictionary<IpPort, HashSet<IpPort>> _byAddress = [];
    private readonly Dictionary<ushort, HashSet<IpPort>> _byNodePort = [];

    /// <param name="rules">All service ports; those of another family or protocol are left out.</param>
    /// <param name="endpoints">The endpoints of all service ports.</param>
    /// <param name="isIPv6">The family.</param>
    /// <param name="withEmpty">Whether flows to a service port that nothing serves are stale too; in 1.32 to 1.36 they stay.</param>
    public StaleUdpFlows(IEnumerable<ServiceRule> rules, IReadOnlyDictionary<ServicePortName, IReadOnlyList<SliceEndpoint>> endpoints, bool isIPv6, bool withEmpty = false)
    {
        _isIPv6 = isIPv6;
        foreach (ServiceRule rule in rules)
        {
            if (rule.Name.Protocol == TransportProtocol.Udp && rule.Name.IsIPv6 == isIPv6
                && Serving(endpoints.GetValueOrDefault(rule.Name, [])) is var serving && (withEmpty || serving.Count > 0))
            {
                Add(rule, serving);
            }
        }
    }

    /// <summary>Whether an entry is to be deleted.</summary>
    /// <param name="original">The flow as its client sends it.</param>
    /// <param name="reply">The flow of the answers; they come from whom the flow leads to.</param>
    public bool IsStale(Flow original, Flow reply) => ServingFor(original) is { } serving && !serving.Contains(reply.Source);

    /// <summary>
    /// Whether an entry has become stale since an earlier state, as releases up to 1.31 saw it: they followed what had changed from one sync to the next, and
    /// never looked for what they had missed. Services that are gone, endpoints that no longer serve, and Services that had none before.
    /// </summary>
    /// <source>kubernetes v1.31, pkg/proxy/conntrack/cleanup.go: DeletedUDPEndpoints, NewlyActiveUDPServices, DeletedUDPClusterIPs</source>
    public bool HasBecomeStale(StaleUdpFlows before, Flow original, Flow reply)
    {
        HashSet<IpPort>? now = ServingFor(original);
        HashSet<IpPort>? then = before.ServingFor(original);
        return now is null ? then is not null
            : then is not { Count: > 0 } ? now.Count > 0
            : then.Contains(reply.Source) && !now.Contains(reply.Source);
    }

    private HashSet<IpPort>? ServingFor(in Flow original)
    {
        IpPort destination = original.Destination;
        return original.Protocol == TransportProtocol.Udp && destination.Address.IsIPv6 == _isIPv6
            && (_byAddress.TryGetValue(destination, out HashSet<IpPort>? serving) || _byNodePort.TryGetValue(destination.Port, out serving))
            ? serving
            : null;
    }

    private static HashSet<IpPort> Serving(IReadOnlyList<SliceEndpoint> endpoints)
    {
        var serving = new HashSet<IpPort>();
        foreach (SliceEndpoint endpoint in endpoints)
        {
            if (endpoint.IsServing)
            {
                serving.Add(endpoint.Backend.Address);
            }
        }

        return serving;
    }

    private void Add(ServiceRule rule, HashSet<IpPort> serving)
    {
        _byAddress[new(rule.ClusterIP, rule.Port)] = serving;
        foreach (IpAddress address in rule.ExternalIPs)
        {
            _byAddress[new(address, rule.Port)] = serving;
        }

        foreach (IpAddress address in rule.LoadBalancerIPs)
        {
            _byAddress[new(address, rule.Port)] = serving;
        }

        if (rule.NodePort != 0)
        {
            _byNodePort[rule.NodePort] = serving;
        }
    }
}
