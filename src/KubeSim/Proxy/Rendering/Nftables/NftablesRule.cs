namespace KubeSim.Proxy.Rendering.Nftables;

/// <summary>One rule of a chain.</summary>
/// <param name="Text">What it matches and what it does.</param>
/// <param name="Comment">What kube-proxy says about it, or null.</param>
internal sealed record NftablesRule(NftablesText Text, string? Comment)
{
    /// <summary>As kube-proxy writes it.</summary>
    public string Input => WithComment(Text.Input);

    /// <summary>As <c>nft list</c> shows it.</summary>
    public string Listed => WithComment(Text.Listed);

    private string WithComment(string text) => Comment is null ? text : $"{text} comment \"{Comment}\"";
}
