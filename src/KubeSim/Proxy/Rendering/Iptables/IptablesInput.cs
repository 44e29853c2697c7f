using System.Text;

namespace KubeSim.Proxy.Rendering.Iptables;

/// <summary>What a sync gives to <c>iptables-restore</c>.</summary>
internal sealed class IptablesInput
{
    /// <summary>About how many characters a rule has.</summary>
    private const int RuleLength = 180;

    public IptablesTableInput Filter { get; } = new("filter");

    public IptablesTableInput Nat { get; } = new("nat");

    /// <summary>The text on its standard input.</summary>
    public override string ToString()
    {
        var text = new StringBuilder((Filter.Rules.Count + Nat.Rules.Count + 1) * RuleLength);
        IptablesInputText.Append(text, Filter);
        IptablesInputText.Append(text, Nat);
        return text.ToString();
    }
}
