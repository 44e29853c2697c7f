using static KubeSim.Proxy.Rendering.Iptables.IptablesChains;

namespace KubeSim.Proxy.Rendering.Iptables;

/// <summary>How packets come from the built-in chains into kube-proxy's. Each jump is put before all others, so the last one here is looked at first.</summary>
/// <source>kubernetes v1.36, pkg/proxy/iptables/proxier.go: iptablesJumpChains, iptablesKubeletJumpChains</source>
internal static class IptablesJumps
{
    private static readonly IptablesMatch New = IptablesMatch.ConnectionState("NEW");

    private static readonly IptablesRule[] Filter =
    [
        Jump("INPUT", ExternalServices, New, IptablesMatch.Comment("kubernetes externally-visible service portals")),
        Jump("FORWARD", ExternalServices, New, IptablesMatch.Comment("kubernetes externally-visible service portals")),
        Jump("INPUT", NodePorts, IptablesMatch.Comment("kubernetes health check service ports")),
        Jump("FORWARD", Services, New, IptablesMatch.Comment("kubernetes service portals")),
        Jump("OUTPUT", Services, New, IptablesMatch.Comment("kubernetes service portals")),
        Jump("FORWARD", Forward, IptablesMatch.Comment("kubernetes forwarding rules")),
        Jump("INPUT", ProxyFirewall, New, IptablesMatch.Comment("kubernetes load balancer firewall")),
        Jump("OUTPUT", ProxyFirewall, New, IptablesMatch.Comment("kubernetes load balancer firewall")),
        Jump("FORWARD", ProxyFirewall, New, IptablesMatch.Comment("kubernetes load balancer firewall")),
        Jump("INPUT", Firewall),
        Jump("OUTPUT", Firewall),
    ];

    private static readonly IptablesRule[] Nat =
    [
        Jump("OUTPUT", Services, IptablesMatch.Comment("kubernetes service portals")),
        Jump("PREROUTING", Services, IptablesMatch.Comment("kubernetes service portals")),
        Jump("POSTROUTING", Postrouting, IptablesMatch.Comment("kubernetes postrouting rules")),
    ];

    /// <summary>Makes what is missing; only a full sync does.</summary>
    public static void Ensure(IptablesRuleset rules)
    {
        Ensure(rules.Filter, Filter);
        Ensure(rules.Nat, Nat);
    }

    /// <summary>Makes the chain by whose absence kube-proxy would notice that somebody has flushed the tables.</summary>
    public static void EnsureCanary(IptablesRuleset rules)
    {
        rules.Mangle.Ensure(Canary);
        rules.Filter.Ensure(Canary);
        rules.Nat.Ensure(Canary);
    }

    private static void Ensure(IptablesTable table, IptablesRule[] jumps)
    {
        foreach (IptablesRule jump in jumps)
        {
            table.Ensure(jump.Target.Text);
            table.EnsureFirst(jump);
        }
    }

    private static IptablesRule Jump(string from, string to, params ReadOnlySpan<IptablesMatch> matches) => new(from, [.. matches], IptablesTarget.Jump(to));
}
