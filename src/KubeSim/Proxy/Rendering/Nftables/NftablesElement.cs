namespace KubeSim.Proxy.Rendering.Nftables;

/// <summary>One element of a set, or of a map where it has a value.</summary>
/// <param name="Key">Its parts joined, for example <c>10.96.0.10 . tcp . 80</c>.</param>
/// <param name="Value">The verdict, for example <c>goto reject-chain</c>; null in a set.</param>
/// <param name="Comment">The service port it is there for, or null.</param>
internal sealed record NftablesElement(string Key, string? Value = null, string? Comment = null)
{
    public override string ToString() => Key + (Comment is null ? "" : $" comment \"{Comment}\"") + (Value is null ? "" : $" : {Value}");
}
