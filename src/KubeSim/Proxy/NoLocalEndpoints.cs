using KubeSim.Dataplane;

namespace KubeSim.Proxy;

/// <summary>
/// Service ports with endpoints of which none is on the node, though a traffic policy asks for one:
/// kube-proxy's metric <c>kubeproxy_sync_proxy_rules_no_local_endpoints_total</c> of its last sync.
/// </summary>
/// <param name="Internal">With internalTrafficPolicy Local.</param>
/// <param name="External">With externalTrafficPolicy Local.</param>
/// <source>kubernetes v1.36, pkg/proxy/iptables/proxier.go and pkg/proxy/nftables/proxier.go, syncProxyRules</source>
internal readonly record struct NoLocalEndpoints(int Internal, int External)
{
    /// <summary>Counts the rules of one address family on a node.</summary>
    public static NoLocalEndpoints Count(ServiceTable table, NetworkNode node, bool isIPv6)
    {
        int inside = 0;
        int outside = 0;
        foreach (ServiceRule rule in table.Rules)
        {
            if (rule.Name.IsIPv6 == isIPv6 && rule.HasAny && rule.Local.For(node).IsEmpty)
            {
                inside += rule.InternalLocal ? 1 : 0;
                outside += rule is { ExternalLocal: true, IsExternallyReachable: true } ? 1 : 0;
            }
        }

        return new(inside, outside);
    }
}
