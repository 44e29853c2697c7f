using System.Globalization;
using System.Text.RegularExpressions;
using KubeSim.Dataplane;
using KubeSim.Proxy.Rendering.Iptables;
using KubeSim.Proxy.Rendering.Nftables;

namespace KubeSim.KernelTests.Lab;

/// <summary>The rules that KubeSim says kube-proxy has on a node, given to a real kernel.</summary>
internal static partial class NodeRules
{
    /// <summary>Replaces all rules of the lab's node.</summary>
    /// <param name="lab">The lab.</param>
    /// <param name="node">Whose table and settings say what rules there are.</param>
    /// <param name="isIPv6">The family; there are none of the other one.</param>
    /// <param name="inTurn">Endpoints are not picked at random but one after the other, everything else is the same.</param>
    public static void Load(NodeLab lab, NetworkNode node, bool isIPv6, bool inTurn = false)
    {
        string rules = Of(node, isIPv6, inTurn);
        if (node.ProxySettings.Mode == ProxyMode.Nftables)
        {
            lab[Place.Node].Tool("nft", "flush ruleset\n" + rules, "-f", "-");
            return;
        }

        lab[Place.Node].Tool("nft", "flush ruleset\n", "-f", "-");
        lab[Place.Node].Tool(isIPv6 ? "ip6tables-restore" : "iptables-restore", rules);
    }

    /// <summary>The rules as text.</summary>
    public static string Of(NetworkNode node, bool isIPv6, bool inTurn)
    {
        string rules = node.ProxySettings.Mode == ProxyMode.Nftables ? NftablesRendering.Transaction(node.Table!, node, isIPv6) : IptablesRules.Save(node, isIPv6);
        return !inTurn ? rules
            : node.ProxySettings.Mode == ProxyMode.Nftables ? rules.Replace("numgen random", "numgen inc", StringComparison.Ordinal)
            : Probability().Replace(rules, static match => InTurn(match.Groups[1].Value));
    }

    /// <summary>Of the packets that come to the rule, the first of as many as endpoints are left.</summary>
    private static string InTurn(string probability) => string.Create(
        CultureInfo.InvariantCulture, $"--mode nth --every {Math.Round(1 / double.Parse(probability, CultureInfo.InvariantCulture))} --packet 0");

    [GeneratedRegex(@"--mode random --probability ([0-9.]+)", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Probability();
}
