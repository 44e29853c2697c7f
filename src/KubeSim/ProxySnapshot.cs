using KubeSim.Dataplane;
using KubeSim.Proxy.Rendering;
using KubeSim.Proxy.Rendering.Iptables;
using KubeSim.Proxy.Rendering.Nftables;

namespace KubeSim;

/// <summary>What kube-proxy of a node had programmed at some instant.</summary>
public sealed class ProxySnapshot
{
    internal ProxySnapshot(NetworkNode node, ServiceTable? table)
    {
        Node = node;
        Table = table;
    }

    internal NetworkNode Node { get; }

    internal ServiceTable? Table { get; }

    /// <summary>As <see cref="ProxyHandle.RenderIptables"/>, of that instant.</summary>
    /// <param name="ipv6">The family.</param>
    public string RenderIptables(bool ipv6 = false) => Table is null ? "" : IptablesRendering.Save(Table, Node, ipv6);

    /// <summary>As <see cref="ProxyHandle.RenderNftables"/>, of that instant.</summary>
    /// <param name="ipv6">The family.</param>
    /// <param name="layout">How the release of kube-proxy arranges its table.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="layout"/> is none.</exception>
    public string RenderNftables(bool ipv6 = false, NftablesLayout layout = NftablesLayout.Kubernetes136)
    {
        if (!Enum.IsDefined(layout))
        {
            throw new ArgumentOutOfRangeException(nameof(layout), layout, "There is no such layout.");
        }

        return Table is null ? "" : NftablesRendering.List(Table, Node, ipv6, layout);
    }

    /// <summary>What is different in the rules of a later instant, line by line as <c>diff -u</c> shows it, in the words of the node's mode (iptables for IPVS).</summary>
    /// <param name="later">The later instant.</param>
    /// <param name="ipv6">The family.</param>
    /// <returns>Lines that begin with <c>-</c>, <c>+</c> or, for their surroundings, a blank; empty where nothing differs.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="later"/> is null.</exception>
    public string DifferenceTo(ProxySnapshot later, bool ipv6 = false)
    {
        ArgumentNullException.ThrowIfNull(later);
        bool isNftables = Node.ProxySettings.Mode == ProxyMode.Nftables;
        return isNftables
            ? TextDifference.Of(RenderNftables(ipv6), later.RenderNftables(ipv6))
            : TextDifference.Of(RenderIptables(ipv6), later.RenderIptables(ipv6));
    }
}
