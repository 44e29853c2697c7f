using KubeSim.Proxy.Rendering.Nftables;

namespace KubeSim.Conformance.KubeProxy;

/// <summary>What a transaction does, read from the text that nft is given. Of chains, those of service ports and endpoints.</summary>
internal sealed class NftablesOperations
{
    private const int NamePlace = 4;

    private readonly string[] _lines;

    public NftablesOperations(NftablesTransaction transaction)
    {
        Count = transaction.Operations;
        _lines = transaction.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        ChainsWritten = [.. ChainsOf("add rule ").Distinct(StringComparer.Ordinal)];
        ChainsFlushed = [.. ChainsOf("flush chain ").Except(ChainsWritten, StringComparer.Ordinal)];
        ChainsDeleted = [.. ChainsOf("delete chain ")];
    }

    public int Count { get; }

    public int ElementsAdded => _lines.Count(line => line.StartsWith("add element ", StringComparison.Ordinal));

    public int ElementsDeleted => _lines.Count(line => line.StartsWith("delete element ", StringComparison.Ordinal));

    public IReadOnlyList<string> ChainsWritten { get; }

    /// <summary>Emptied, and left empty.</summary>
    public IReadOnlyList<string> ChainsFlushed { get; }

    public IReadOnlyList<string> ChainsDeleted { get; }

    /// <summary>As in <c>flush chain ip kube-proxy service-…</c>.</summary>
    private IEnumerable<string> ChainsOf(string operation) =>
        _lines.Where(line => line.StartsWith(operation, StringComparison.Ordinal)).Select(line => line.Split(' ')[NamePlace]).Where(NftablesNames.IsServiceChain);
}
