using System.Text;
using KubeSim.Collections;

namespace KubeSim.Proxy.Rendering.Iptables;

/// <summary>A rule of a chain.</summary>
/// <param name="Chain">Where it stands.</param>
/// <param name="Matches">What it looks at, in the order in which kube-proxy writes it.</param>
/// <param name="Target">What it does.</param>
internal sealed record IptablesRule(string Chain, EquatableArray<IptablesMatch> Matches, IptablesTarget Target)
{
    /// <summary>As kube-proxy gives it to <c>iptables-restore</c>.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        IptablesInputText.Append(text, this);
        return text.ToString();
    }

    /// <summary>As <c>iptables-save</c> shows it.</summary>
    public string ToSavedText(bool isIPv6)
    {
        var text = new StringBuilder();
        IptablesSavedText.Append(text, this, isIPv6);
        return text.ToString();
    }
}
