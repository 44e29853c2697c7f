using KubeSim.Dataplane;

namespace KubeSim.Proxy.Rendering.Iptables;

/// <summary>The rules that a node's table stands for, as texts.</summary>
internal static class IptablesRules
{
    /// <summary>What <c>iptables-save</c> (<c>ip6tables-save</c>) shows on the node; empty before the first sync.</summary>
    public static string Save(NetworkNode node, bool isIPv6 = false)
    {
        if (node.Table is not { } table)
        {
            return "";
        }

        var sync = new IptablesSync(node, isIPv6);
        sync.Next(table);
        return sync.Ruleset.ToString();
    }

    /// <summary>What a full sync gives to <c>iptables-restore</c> (<c>ip6tables-restore</c>); empty before the first sync.</summary>
    public static string RestoreInput(NetworkNode node, bool isIPv6 = false) =>
        node.Table is { } table ? new IptablesSync(node, isIPv6).Next(table).Input.ToString() : "";
}
