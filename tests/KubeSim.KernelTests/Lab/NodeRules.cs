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

    /// <summary>Gives the kernel rules with everything in them that kube-proxy uses.</summary>
    /// <exception cref="InvalidOperationException">It does not have all of it.</exception>
    public static void Try(NodeLab lab)
    {
        lab[Place.Node].Tool("iptables-restore", """
            *filter
            -A INPUT -m conntrack --ctstate NEW -m mark --mark 0x4000/0x4000 -j REJECT
            COMMIT
            *nat
            -A PREROUTING -m comment --comment x -p tcp -m tcp --dport 80 -m addrtype --dst-type LOCAL -m statistic --mode nth --every 2 --packet 0 -j DNAT --to-destination 10.0.0.1:80
            -A PREROUTING -m recent --rcheck --seconds 9 --reap --name X --mask 255.255.255.255 --rsource -j MARK --set-xmark 0x4000/0x4000
            -A POSTROUTING -j MASQUERADE --random-fully
            COMMIT

            """);
        lab[Place.Node].Tool("nft", """
            flush ruleset
            add table ip t
            add set ip t s { type ipv4_addr ; flags dynamic,timeout ; timeout 9s ; }
            add chain ip t pre { type nat hook prerouting priority -100 ; }
            add chain ip t post { type nat hook postrouting priority 100 ; }
            add chain ip t in { type filter hook input priority 0 ; }
            add rule ip t pre fib daddr type local update @s { ip saddr } meta l4proto tcp dnat ip addr . port to numgen inc mod 1 map { 0 : 10.0.0.1 . 80 }
            add rule ip t post ct status dnat masquerade fully-random
            add rule ip t in ct state new reject
            flush ruleset

            """, "-f", "-");
    }

    /// <summary>The rules as text.</summary>
    public static string Of(NetworkNode node, bool isIPv6, bool inTurn)
    {
        string rules = node.ProxySettings.Mode == ProxyMode.Nftables ? NftablesRendering.SyncInput(null, node.Table!, node, isIPv6) : IptablesRendering.Save(node.Table!, node, isIPv6);
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
