namespace KubeSim.Proxy.Rendering.Nftables;

/// <summary>A piece of a rule, in the two spellings there are: as kube-proxy writes it, and as <c>nft list</c> shows it.</summary>
/// <param name="Input">What nft is given.</param>
/// <param name="Listed">What nft gives back.</param>
internal readonly record struct NftablesText(string Input, string Listed)
{
    public static implicit operator NftablesText(string text) => new(text, text);

    public static NftablesText operator +(NftablesText left, NftablesText right) => new(left.Input + right.Input, left.Listed + right.Listed);
}
