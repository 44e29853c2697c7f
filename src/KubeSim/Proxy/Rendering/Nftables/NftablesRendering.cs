using KubeSim.Dataplane;

namespace KubeSim.Proxy.Rendering.Nftables;

/// <summary>The rules of a node at once, without a history: as of a kube-proxy that has just started on an empty kernel.</summary>
internal static class NftablesRendering
{
    /// <summary>What <c>nft list table ip kube-proxy</c> or <c>ip6</c> would print.</summary>
    /// <param name="services">What is known of the Services.</param>
    /// <param name="node">The node.</param>
    /// <param name="isIPv6">The family.</param>
    /// <param name="layout">How the release arranges its table.</param>
    public static string List(ServiceTable services, NetworkNode node, bool isIPv6, NftablesLayout layout = NftablesLayout.Kubernetes136)
    {
        var sync = new NftablesSync(node, isIPv6, layout);
        sync.Sync(services, TimeSpan.Zero);
        return NftablesListing.Of(sync.Table);
    }

    /// <summary>What kube-proxy gives to <c>nft -f -</c>: in a full sync where there is no table to come from, else in a partial one.</summary>
    /// <param name="from">What the kernel holds already; null where it is empty.</param>
    /// <param name="to">What is known of the Services now.</param>
    /// <param name="node">The node.</param>
    /// <param name="isIPv6">The family.</param>
    /// <param name="layout">How the release arranges its table.</param>
    public static string SyncInput(ServiceTable? from, ServiceTable to, NetworkNode node, bool isIPv6, NftablesLayout layout = NftablesLayout.Kubernetes136)
    {
        var sync = new NftablesSync(node, isIPv6, layout);
        if (from is not null)
        {
            sync.Sync(from, TimeSpan.Zero);
        }

        return sync.Sync(to, TimeSpan.Zero)[^1].Text;
    }
}
