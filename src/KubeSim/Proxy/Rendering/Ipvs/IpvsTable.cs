using KubeSim.Addressing;
using KubeSim.Dataplane;
using KubeSim.LoadBalancing;

namespace KubeSim.Proxy.Rendering.Ipvs;

/// <summary>The virtual servers that kube-proxy's ipvs mode makes of a node's table.</summary>
/// <source>kubernetes v1.36, pkg/proxy/ipvs/proxier.go: syncProxyRules, syncEndpoint; pkg/proxy/ipvs/graceful_termination.go</source>
internal sealed class IpvsTable
{
    private readonly NetworkNode _node;
    private readonly IpvsConnections _connections;
    private readonly List<IpvsVirtualServer> _servers = [];

    private IpvsTable(NetworkNode node, TimeSpan now)
    {
        _node = node;
        _connections = new IpvsConnections(node, now);
    }

    /// <summary>All virtual servers, IPv4 first, then by protocol, address and port: as <c>ipvsadm -L</c> sorts them.</summary>
    public static IReadOnlyList<IpvsVirtualServer> Of(NetworkNode node, TimeSpan now)
    {
        var table = new IpvsTable(node, now);
        foreach (ServiceRule rule in node.Table?.Rules ?? [])
        {
            table.Add(rule);
        }

        table._servers.Sort(static (left, right) =>
        {
            int order = left.Address.Address.IsIPv6.CompareTo(right.Address.Address.IsIPv6);
            order = order != 0 ? order : NumberOf(left.Protocol).CompareTo(NumberOf(right.Protocol));
            return order != 0 ? order : left.Address.CompareTo(right.Address);
        });
        return table._servers;
    }

    private void Add(ServiceRule rule)
    {
        Add(rule, new IpPort(rule.ClusterIP, rule.Port), rule.InternalLocal);
        foreach (IpAddress address in rule.ExternalIPs)
        {
            Add(rule, new IpPort(address, rule.Port), rule.ExternalLocal);
        }

        foreach (IpAddress address in rule.LoadBalancerIPs)
        {
            Add(rule, new IpPort(address, rule.Port), rule.ExternalLocal);
        }

        if (rule.NodePort != 0)
        {
            AddNodePort(rule);
        }
    }

    private void AddNodePort(ServiceRule rule)
    {
        var allowed = new NodePortAddresses(_node, rule.Name.IsIPv6);
        foreach (IpAddress address in allowed.IsEverything ? _node.Addresses : allowed.Addresses)
        {
            if (address.IsIPv6 == rule.Name.IsIPv6 && !address.IsLoopback)
            {
                Add(rule, new IpPort(address, rule.NodePort), rule.ExternalLocal);
            }
        }
    }

    private void Add(ServiceRule rule, IpPort address, bool isLocal)
    {
        // A policy that leaves nothing is not followed.
        BackendSet local = isLocal ? rule.Local.For(_node) : BackendSet.Empty;
        BackendSet backends = local.IsEmpty ? rule.Cluster.For(_node) : local;
        TransportProtocol protocol = rule.Name.Protocol;
        IReadOnlyDictionary<IpPort, (int Active, int Inactive)> connections = _connections.Of(protocol, address);
        var servers = new List<IpvsRealServer>(backends.Count);
        for (int i = 0; i < backends.Count; i++)
        {
            (int active, int inactive) = connections.GetValueOrDefault(backends[i].Address);
            servers.Add(new(backends[i].Address, 1, active, inactive));
        }

        foreach ((IpPort server, (int active, int inactive)) in connections)
        {
            // Those of UDP go at once; the others stay, without new connections, until their last one has gone.
            if (protocol != TransportProtocol.Udp && backends.IndexOf(server) < 0 && server != address)
            {
                servers.Add(new(server, 0, active, inactive));
            }
        }

        servers.Sort(static (left, right) => left.Address.CompareTo(right.Address));
        _servers.Add(new(protocol, address, rule.AffinityTimeout, [.. servers]));
    }

    private static int NumberOf(TransportProtocol protocol) => protocol switch
    {
        TransportProtocol.Udp => 17,
        TransportProtocol.Sctp => 132,
        _ => 6,
    };
}
