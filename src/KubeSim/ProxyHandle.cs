using KubeSim.Dataplane;
using KubeSim.Proxy.Rendering.Iptables;
using KubeSim.Proxy.Rendering.Ipvs;
using KubeSim.Proxy.Rendering.Nftables;

namespace KubeSim;

/// <summary>
/// kube-proxy of a node: what it has programmed, in the words of the tools that show it. Every text comes from the table that routes the packets. The
/// rules can be shown in each mode, whichever the node has: as they would be.
/// </summary>
public sealed class ProxyHandle
{
    private readonly Cluster _cluster;
    private readonly NetworkNode _node;

    internal ProxyHandle(Cluster cluster, NetworkNode node)
    {
        _cluster = cluster;
        _node = node;
    }

    /// <summary>What it programs.</summary>
    public ProxyMode Mode => _node.ProxySettings.Mode;

    /// <summary>What it has programmed now, to compare with later.</summary>
    public ProxySnapshot TakeSnapshot() => _cluster.Inside(() => new ProxySnapshot(_node, _node.Table));

    /// <summary>What <c>iptables-save</c> shows, or <c>ip6tables-save</c>: the tables mangle, filter and nat, counters at zero. <c>iptables-restore</c> takes it as it is.</summary>
    /// <param name="ipv6">The family.</param>
    /// <returns>Lines that end with a line feed; empty before the first sync.</returns>
    public string RenderIptables(bool ipv6 = false) => TakeSnapshot().RenderIptables(ipv6);

    /// <summary>What <c>nft list table ip kube-proxy</c> shows, or <c>ip6</c>. <c>nft -f</c> takes it as it is.</summary>
    /// <param name="ipv6">The family.</param>
    /// <param name="layout">How the release of kube-proxy arranges its table.</param>
    /// <returns>Lines that end with a line feed; empty before the first sync.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="layout"/> is none.</exception>
    public string RenderNftables(bool ipv6 = false, NftablesLayout layout = NftablesLayout.Kubernetes136) => TakeSnapshot().RenderNftables(ipv6, layout);

    /// <summary>What <c>ipvsadm -Ln</c> shows: virtual servers, their real servers, and the connections of this moment.</summary>
    /// <returns>Lines that end with a line feed; only the title before the first sync.</returns>
    public string RenderIpvs() => _cluster.Inside(() => IpvsText.Of(_node, _cluster.Clock.Elapsed));

    /// <summary>What kube-proxy gives to <c>iptables-restore</c> or <c>nft -f -</c>, by its mode, to come from an earlier state to the present one in one sync.</summary>
    /// <param name="since">The earlier state: then it is a partial sync. Null for a full sync onto an empty kernel.</param>
    /// <param name="ipv6">The family.</param>
    /// <returns>The text; in the nftables mode the transaction that deletes stale chains is not part of it.</returns>
    /// <exception cref="ArgumentException"><paramref name="since"/> is of another node.</exception>
    /// <exception cref="NotSupportedException">The node's mode is <see cref="ProxyMode.Ipvs"/>, which has no such input.</exception>
    public string RenderSync(ProxySnapshot? since = null, bool ipv6 = false)
    {
        if (since is not null && !ReferenceEquals(since.Node, _node))
        {
            throw new ArgumentException($"The snapshot is of {since.Node.Name}, not of {_node.Name}.", nameof(since));
        }

        return _cluster.Inside(() => Mode switch
        {
            ProxyMode.IPTables => IptablesRendering.SyncInput(since?.Table, _node.Table ?? ServiceTable.Empty, _node, ipv6),
            ProxyMode.Nftables => NftablesRendering.SyncInput(since?.Table, _node.Table ?? ServiceTable.Empty, _node, ipv6),
            _ => throw new NotSupportedException($"{_node.Name} has the mode {Mode}: kube-proxy then calls the kernel for each virtual server, without an input that could be shown."),
        });
    }
}
