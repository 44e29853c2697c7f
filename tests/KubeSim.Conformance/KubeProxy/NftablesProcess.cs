using KubeSim.Api;
using KubeSim.Dataplane;
using KubeSim.Proxy.Rendering.Nftables;

namespace KubeSim.Conformance.KubeProxy;

/// <summary>kube-proxy's sync loop of one family in one layout, and what its last sync did.</summary>
internal sealed class NftablesProcess(NetworkNode node, bool isIPv6, NftablesLayout layout)
{
    private NftablesSync _sync = new(node, isIPv6, layout);
    private NftablesOperations[] _last = [];
    private ServiceTable _table = ServiceTable.Empty;
    private bool _isFirst;
    private bool _hasSynced;

    public NftablesTable Table => _sync.Table;

    public bool LastWasFull => _sync.LastWasFull;

    public IReadOnlyList<string> StaleChains => _sync.StaleChains;

    /// <summary>The sync's own transaction; one that deletes stale chains comes before it.</summary>
    public NftablesOperations Operations => _last[^1];

    public IEnumerable<string> ChainsDeleted => _last.SelectMany(transaction => transaction.ChainsDeleted);

    public void Run(ServiceTable table, TimeSpan now, IReadOnlyList<NamespacedName> touched)
    {
        _table = table;
        _last = [.. _sync.Sync(table, now, touched).Select(transaction => new NftablesOperations(transaction))];
        _isFirst = !_hasSynced;
        _hasSynced = true;
    }

    public void Restart()
    {
        _sync = new NftablesSync(node, isIPv6, layout, _sync.Table);
        _hasSynced = false;
    }

    public void RequireFullSync() => _sync.RequireFullSync();

    /// <summary>How much of the last sync was there whatever Services there are: what a full one writes without any.</summary>
    public int SetupOperations()
    {
        if (!LastWasFull)
        {
            return 0;
        }

        var empty = new NftablesSync(node, isIPv6, layout);
        int operations = empty.Sync(ServiceTable.Empty, TimeSpan.Zero)[^1].Operations;
        if (_isFirst)
        {
            return operations;
        }

        empty.RequireFullSync();
        return empty.Sync(ServiceTable.Empty, TimeSpan.Zero)[^1].Operations;
    }

    /// <summary>The Services of which the last sync wrote chains.</summary>
    public IEnumerable<string> ServicesWritten() => _table.Rules
        .Where(rule => rule.Name.IsIPv6 == isIPv6 && ChainsOf(rule).Any(chain => Operations.ChainsWritten.Contains(chain, StringComparer.Ordinal)))
        .Select(rule => rule.Name.Service.ToString()).Distinct(StringComparer.Ordinal);

    private static string[] ChainsOf(ServiceRule rule) =>
        [NftablesNames.ServiceChain(rule), NftablesNames.LocalChain(rule), NftablesNames.ExternalChain(rule), NftablesNames.FirewallChain(rule)];
}
