namespace KubeSim.Tracing;

/// <summary>A rule on a node that decided something of a packet, as the tool of the node's proxy mode shows it.</summary>
/// <param name="Table">
/// <c>nat</c> or <c>filter</c> of iptables, <c>ip kube-proxy</c> or <c>ip6 kube-proxy</c> of nftables, <c>ipvs</c>.
/// </param>
/// <param name="Chain">The chain; of nftables also the set or map that an element is in, and of IPVS the virtual server, for example <c>TCP 10.96.0.10:80</c>.</param>
/// <param name="Rule">
/// The rule as <c>iptables-save</c>, <c>nft list</c> or <c>ipvsadm -Sn</c> writes it: for example
/// <c>-A KUBE-SERVICES -d 10.96.0.10/32 -p tcp … -j KUBE-SVC-…</c>.
/// </param>
public sealed record RuleReference(string Table, string Chain, string Rule)
{
    /// <summary>The table and the rule, with the chain between them where the rule does not name it.</summary>
    public override string ToString() => Rule.StartsWith("-A " + Chain, StringComparison.Ordinal) ? $"{Table}: {Rule}" : $"{Table} {Chain}: {Rule}";
}
