using KubeSim.Addressing;
using KubeSim.Proxy.Ipvs;

namespace KubeSim.Proxy.Rendering.Ipvs;

/// <summary>Where a virtual server sends connections.</summary>
/// <param name="Address">An endpoint.</param>
/// <param name="Weight">1, or 0 where the endpoint is no longer wanted and only keeps the connections that it has.</param>
/// <param name="ActiveConnections">Open ones of TCP and SCTP.</param>
/// <param name="InactiveConnections">All of UDP. Where the kernel keeps a closed connection of TCP for two minutes, a node here forgets it at once.</param>
internal sealed record IpvsRealServer(IpPort Address, int Weight, int ActiveConnections, int InactiveConnections)
{
    /// <summary>The real servers of a virtual server in the order of their addresses: those that it may choose, and those that only have connections left.</summary>
    /// <source>kubernetes v1.36, pkg/proxy/ipvs/graceful_termination.go</source>
    public static List<IpvsRealServer> Of(in VirtualServer server, IpvsConnections connections)
    {
        IReadOnlyDictionary<IpPort, (int Active, int Inactive)> counts = connections.Of(server.Protocol, server.Address);
        var servers = new List<IpvsRealServer>(server.RealServers.Count);
        for (int i = 0; i < server.RealServers.Count; i++)
        {
            IpPort address = server.RealServers[i].Address;
            (int active, int inactive) = counts.GetValueOrDefault(address);
            servers.Add(new(address, 1, active, inactive));
        }

        foreach ((IpPort address, (int active, int inactive)) in counts)
        {
            // Those of UDP go at once; the others stay, without new connections, until their last one has gone.
            if (server.Protocol != TransportProtocol.Udp && server.RealServers.IndexOf(address) < 0 && address != server.Address)
            {
                servers.Add(new(address, 0, active, inactive));
            }
        }

        servers.Sort(static (left, right) => left.Address.CompareTo(right.Address));
        return servers;
    }
}
