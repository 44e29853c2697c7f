using System.Globalization;
using System.Text;
using KubeSim.Addressing;
using KubeSim.Dataplane;

namespace KubeSim.Proxy.Rendering.Ipvs;

/// <summary>What <c>ipvsadm -Ln</c> shows on a node.</summary>
internal static class IpvsText
{
    private const string Title =
        "IP Virtual Server version 1.2.1 (size=4096)\nProt LocalAddress:Port Scheduler Flags\n  -> RemoteAddress:Port           Forward Weight ActiveConn InActConn\n";

    /// <param name="node">The node.</param>
    /// <param name="now">The time, for connections that are over.</param>
    /// <param name="scheduler"><c>--ipvs-scheduler</c>.</param>
    public static string Of(NetworkNode node, TimeSpan now, string scheduler = "rr")
    {
        CultureInfo invariant = CultureInfo.InvariantCulture;
        var text = new StringBuilder(Title);
        foreach (IpvsVirtualServer server in IpvsTable.Of(node, now))
        {
            text.Append(invariant, $"{NameOf(server.Protocol),-4} {server.Address} {scheduler}");
            if (server.Persistence is { } persistence)
            {
                text.Append(invariant, $" persistent {(int)persistence.TotalSeconds}");
            }

            text.Append('\n');
            foreach (IpvsRealServer real in server.RealServers)
            {
                text.Append(invariant, $"  -> {real.Address.ToString(),-28} Masq    {real.Weight,-6} {real.ActiveConnections,-10} {real.InactiveConnections,-10}\n");
            }
        }

        return text.ToString();
    }

    private static string NameOf(TransportProtocol protocol) => protocol switch
    {
        TransportProtocol.Udp => "UDP",
        TransportProtocol.Sctp => "SCTP",
        _ => "TCP",
    };
}
