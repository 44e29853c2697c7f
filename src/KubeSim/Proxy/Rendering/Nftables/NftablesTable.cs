namespace KubeSim.Proxy.Rendering.Nftables;

/// <summary>The table <c>kube-proxy</c> of one address family as a node's kernel holds it. Only transactions change it.</summary>
internal sealed class NftablesTable(bool isIPv6)
{
    private readonly Dictionary<string, NftablesChain> _chains = new(StringComparer.Ordinal);
    private readonly Dictionary<string, NftablesSet> _sets = new(StringComparer.Ordinal);
    private long _made;

    public bool IsIPv6 => isIPv6;

    /// <summary><c>ip</c> or <c>ip6</c>.</summary>
    public string Family => isIPv6 ? "ip6" : "ip";

    /// <summary>Null until kube-proxy has made the table.</summary>
    public string? Comment { get; private set; }

    /// <summary>In the order they were made.</summary>
    public IReadOnlyList<NftablesChain> Chains
    {
        get
        {
            NftablesChain[] chains = [.. _chains.Values];
            Array.Sort(chains, static (left, right) => left.Number.CompareTo(right.Number));
            return chains;
        }
    }

    /// <summary>Sets and maps, in the order they were made.</summary>
    public IReadOnlyList<NftablesSet> Sets
    {
        get
        {
            NftablesSet[] sets = [.. _sets.Values];
            Array.Sort(sets, static (left, right) => left.Number.CompareTo(right.Number));
            return sets;
        }
    }

    public NftablesChain? FindChain(string name) => _chains.GetValueOrDefault(name);

    public NftablesSet? FindSet(string name) => _sets.GetValueOrDefault(name);

    internal void Make(string comment) => Comment = comment;

    /// <summary>Leaves a chain alone that is there.</summary>
    internal void AddChain(string name, NftablesHook? hook, string? comment) => _chains.TryAdd(name, new NftablesChain(name, _made++, hook, comment));

    internal void RemoveChain(string name) => _chains.Remove(name);

    /// <summary>Leaves a set alone that is there.</summary>
    internal NftablesSet AddSet(string name, string type, string? comment, TimeSpan? timeout)
    {
        if (!_sets.TryGetValue(name, out NftablesSet? set))
        {
            set = new NftablesSet(name, _made++, type, comment, timeout);
            _sets.Add(name, set);
        }

        return set;
    }

    internal void RemoveSet(string name) => _sets.Remove(name);
}
