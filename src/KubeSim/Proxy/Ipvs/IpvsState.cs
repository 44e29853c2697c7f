using System.Globalization;
using KubeSim.Addressing;
using KubeSim.Dataplane;
using KubeSim.LoadBalancing;

namespace KubeSim.Proxy.Ipvs;

/// <summary>What kube-proxy of the ipvs mode has set up on a node for one address family, as <c>ipvsadm -L</c> and <c>ipset list</c> show it.</summary>
/// <source>kubernetes v1.36, pkg/proxy/ipvs/proxier.go, syncProxyRules and syncEndpoint</source>
internal static class IpvsState
{
    /// <summary>The virtual servers: of each service port those of its ClusterIP, external IPs, load balancer IPs and node ports.</summary>
    /// <returns>By service port; none before the first sync.</returns>
    public static IReadOnlyList<VirtualServer> VirtualServers(NetworkNode node, bool isIPv6)
    {
        var servers = new List<VirtualServer>();
        foreach (ServiceRule rule in node.Table?.Rules ?? [])
        {
            if (rule.Name.IsIPv6 != isIPv6)
            {
                continue;
            }

            TransportProtocol protocol = rule.Name.Protocol;
            servers.Add(new(new(rule.ClusterIP, rule.Port), protocol, RealServers(rule, node, rule.InternalLocal), rule.AffinityTimeout));
            BackendSet external = RealServers(rule, node, rule.ExternalLocal);
            foreach (IpAddress address in rule.ExternalIPs)
            {
                servers.Add(new(new(address, rule.Port), protocol, external, rule.AffinityTimeout));
            }

            foreach (IpAddress address in rule.LoadBalancerIPs)
            {
                servers.Add(new(new(address, rule.Port), protocol, external, rule.AffinityTimeout));
            }

            foreach (IpAddress address in node.Addresses)
            {
                if (rule.NodePort != 0 && address.IsIPv6 == isIPv6 && ServiceDecision.AnswersNodePorts(node, address))
                {
                    servers.Add(new(new(address, rule.NodePort), protocol, external, rule.AffinityTimeout));
                }
            }
        }

        return servers;
    }

    /// <summary>The ipset KUBE-LOOP-BACK: endpoints that may reach themselves through a Service, all of this node, usable or not.</summary>
    /// <param name="node">The node.</param>
    /// <param name="endpoints">The endpoints of one address family; those of no service port that the node knows are left out.</param>
    /// <returns>As ipset writes entries, in ordinal order: <c>10.0.1.1,tcp:80,10.0.1.1</c>.</returns>
    public static IReadOnlyCollection<string> LoopBackEntries(NetworkNode node, IReadOnlyDictionary<ServicePortName, IReadOnlyList<SliceEndpoint>> endpoints)
    {
        var entries = new SortedSet<string>(StringComparer.Ordinal);
        foreach ((ServicePortName name, IReadOnlyList<SliceEndpoint> list) in endpoints)
        {
            if (node.Table?.Find(name) is null)
            {
                continue;
            }

            foreach (SliceEndpoint endpoint in list)
            {
                if (endpoint.Source.NodeName == node.Name)
                {
                    IpPort address = endpoint.Backend.Address;
                    entries.Add(string.Create(CultureInfo.InvariantCulture, $"{address.Address},{name.Protocol.ToString().ToLowerInvariant()}:{address.Port},{address.Address}"));
                }
            }
        }

        return entries;
    }

    /// <summary>A policy that leaves nothing gets every endpoint.</summary>
    private static BackendSet RealServers(ServiceRule rule, NetworkNode node, bool isLocal) =>
        isLocal && rule.Local.For(node) is { IsEmpty: false } local ? local : rule.Cluster.For(node);
}
