using KubeSim.Addressing;
using KubeSim.Dataplane;

namespace KubeSim.Proxy.Rendering.Ipvs;

/// <summary>The connections that a node keeps, by virtual and real server.</summary>
internal sealed class IpvsConnections
{
    private readonly Dictionary<FrontendKey, SortedDictionary<IpPort, (int Active, int Inactive)>> _counts = [];

    public IpvsConnections(NetworkNode node, TimeSpan now)
    {
        foreach (ConntrackEntry entry in node.Conntrack.Entries(now))
        {
            var server = new FrontendKey(entry.Original.Destination, entry.Original.Protocol);
            if (!_counts.TryGetValue(server, out SortedDictionary<IpPort, (int Active, int Inactive)>? counts))
            {
                _counts.Add(server, counts = []);
            }

            (int active, int inactive) = counts.GetValueOrDefault(entry.Translated.Destination);
            bool isActive = entry.IsOpen && server.Protocol != TransportProtocol.Udp;
            counts[entry.Translated.Destination] = isActive ? (active + 1, inactive) : (active, inactive + 1);
        }
    }

    /// <summary>The real servers of a virtual server that any connection leads to, in the order of their addresses.</summary>
    public IReadOnlyDictionary<IpPort, (int Active, int Inactive)> Of(TransportProtocol protocol, IpPort virtualServer) =>
        _counts.TryGetValue(new FrontendKey(virtualServer, protocol), out SortedDictionary<IpPort, (int Active, int Inactive)>? counts) ? counts : new SortedDictionary<IpPort, (int Active, int Inactive)>();
}
