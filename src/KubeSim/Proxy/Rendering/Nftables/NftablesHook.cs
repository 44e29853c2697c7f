using System.Globalization;

namespace KubeSim.Proxy.Rendering.Nftables;

/// <summary>Where the kernel calls a base chain.</summary>
/// <param name="Type"><c>filter</c> or <c>nat</c>.</param>
/// <param name="Hook">For example <c>prerouting</c>.</param>
/// <param name="Priority">Lower ones come first.</param>
/// <param name="ListedPriority">How <c>nft list</c> names the priority.</param>
internal sealed record NftablesHook(string Type, string Hook, int Priority, string ListedPriority)
{
    /// <summary>As kube-proxy writes it.</summary>
    public string Input => string.Create(CultureInfo.InvariantCulture, $"type {Type} hook {Hook} priority {Priority}");

    /// <summary>As <c>nft list</c> shows it.</summary>
    public string Listed => $"type {Type} hook {Hook} priority {ListedPriority}; policy accept;";
}
