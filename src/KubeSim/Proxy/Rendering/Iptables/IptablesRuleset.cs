using System.Text;

namespace KubeSim.Proxy.Rendering.Iptables;

/// <summary>The tables of one family as the kernel holds them.</summary>
internal sealed class IptablesRuleset(bool isIPv6)
{
    /// <summary>About how many characters a rule has.</summary>
    private const int RuleLength = 180;

    public IptablesTable Mangle { get; } = new("mangle", "PREROUTING", "INPUT", "FORWARD", "OUTPUT", "POSTROUTING");

    public IptablesTable Filter { get; } = new("filter", "INPUT", "FORWARD", "OUTPUT");

    public IptablesTable Nat { get; } = new("nat", "PREROUTING", "INPUT", "OUTPUT", "POSTROUTING");

    public void Apply(IptablesInput input)
    {
        Filter.Apply(input.Filter);
        Nat.Apply(input.Nat);
    }

    /// <summary>What <c>iptables-save</c> or <c>ip6tables-save</c> shows, counters at zero.</summary>
    public override string ToString()
    {
        var text = new StringBuilder((Filter.RuleCount + Nat.RuleCount + 1) * RuleLength);
        IptablesSavedText.Append(text, Mangle, isIPv6);
        IptablesSavedText.Append(text, Filter, isIPv6);
        IptablesSavedText.Append(text, Nat, isIPv6);
        return text.ToString();
    }
}
