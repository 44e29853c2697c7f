namespace KubeSim.Proxy.Rendering.Nftables;

/// <summary>A chain of the table.</summary>
internal sealed class NftablesChain(string name, long number, NftablesHook? hook, string? comment)
{
    public string Name => name;

    /// <summary>Counts what was made in the table: the kernel lists in that order.</summary>
    public long Number => number;

    /// <summary>Null for a chain that only other chains lead to.</summary>
    public NftablesHook? Hook => hook;

    public string? Comment => comment;

    public List<NftablesRule> Rules { get; } = [];

    /// <summary>What stands in braces where kube-proxy adds the chain; null for nothing.</summary>
    public string? Declaration => Declare(hook, comment);

    internal static string? Declare(NftablesHook? hook, string? comment) => hook?.Input ?? (comment is null ? null : $"comment \"{comment}\"");
}
