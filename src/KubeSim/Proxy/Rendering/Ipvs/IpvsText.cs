using System.Globalization;
using System.Text;
using KubeSim.Addressing;
using KubeSim.Dataplane;
using KubeSim.Proxy.Ipvs;

namespace KubeSim.Proxy.Rendering.Ipvs;

/// <summary>What <c>ipvsadm -Ln</c> shows on a node.</summary>
internal static class IpvsText
{
    private const string Title =
        "IP Virtual Server version 1.2.1 (size=4096)\nProt LocalAddress:Port Scheduler Flags\n  -> RemoteAddress:Port           Forward Weight ActiveConn InActConn\n";

    private const string PolicyPrefix = "ipvs-";
    private const string DefaultScheduler = "rr";

    /// <param name="node">The node.</param>
    /// <param name="now">The time, for connections that are over.</param>
    public static string Of(NetworkNode node, TimeSpan now)
    {
        CultureInfo invariant = CultureInfo.InvariantCulture;
        string scheduler = node.ProxySettings.Policy is { } policy && policy.Name.StartsWith(PolicyPrefix, StringComparison.Ordinal) ? policy.Name[PolicyPrefix.Length..] : DefaultScheduler;
        var connections = new IpvsConnections(node, now);
        var text = new StringBuilder(Title);
        foreach (VirtualServer server in Sorted(node))
        {
            text.Append(invariant, $"{NameOf(server.Protocol),-4} {server.Address} {scheduler}");
            if (server.Persistence is { } persistence)
            {
                text.Append(invariant, $" persistent {(int)persistence.TotalSeconds}");
            }

            text.Append('\n');
            foreach (IpvsRealServer real in IpvsRealServer.Of(server, connections))
            {
                text.Append(invariant, $"  -> {real.Address.ToString(),-28} Masq    {real.Weight,-6} {real.ActiveConnections,-10} {real.InactiveConnections,-10}\n");
            }
        }

        return text.ToString();
    }

    /// <summary>IPv4 first, then by the protocol's number, address and port.</summary>
    private static List<VirtualServer> Sorted(NetworkNode node)
    {
        List<VirtualServer> servers = [.. IpvsState.VirtualServers(node, isIPv6: false), .. IpvsState.VirtualServers(node, isIPv6: true)];
        servers.Sort(static (left, right) =>
        {
            int order = left.Address.Address.IsIPv6.CompareTo(right.Address.Address.IsIPv6);
            order = order != 0 ? order : NumberOf(left.Protocol).CompareTo(NumberOf(right.Protocol));
            return order != 0 ? order : left.Address.CompareTo(right.Address);
        });
        return servers;
    }

    private static string NameOf(TransportProtocol protocol) => protocol switch
    {
        TransportProtocol.Udp => "UDP",
        TransportProtocol.Sctp => "SCTP",
        _ => "TCP",
    };

    private static int NumberOf(TransportProtocol protocol) => protocol switch
    {
        TransportProtocol.Udp => 17,
        TransportProtocol.Sctp => 132,
        _ => 6,
    };
}
