using KubeSim.Dataplane;

namespace KubeSim.Proxy.Rendering.Iptables;

/// <summary>The rules of a node at once, without a history.</summary>
internal static class IptablesRendering
{
    /// <summary>What <c>iptables-save</c> or <c>ip6tables-save</c> prints after the first sync of a kube-proxy.</summary>
    public static string Save(ServiceTable services, NetworkNode node, bool isIPv6)
    {
        var sync = new IptablesSync(node, isIPv6);
        sync.Next(services);
        return sync.Ruleset.ToString();
    }

    /// <summary>What kube-proxy gives to <c>iptables-restore</c>: in a full sync where there is no table to come from, else in a partial one.</summary>
    public static string SyncInput(ServiceTable? from, ServiceTable to, NetworkNode node, bool isIPv6)
    {
        var sync = new IptablesSync(node, isIPv6);
        if (from is not null)
        {
            sync.Next(from);
        }

        return sync.Next(to).Input.ToString();
    }
}
