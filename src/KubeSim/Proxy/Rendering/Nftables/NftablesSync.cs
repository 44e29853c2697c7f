using KubeSim.Api;
using KubeSim.Dataplane;

namespace KubeSim.Proxy.Rendering.Nftables;

/// <summary>
/// kube-proxy's sync loop for one address family of a node in the nftables mode: what it gives to nft in each sync, and the table
/// that results. It remembers what it has written; a new one over the same table is a kube-proxy that has started again.
/// </summary>
/// <source>kubernetes v1.36, pkg/proxy/nftables/proxier.go: syncProxyRules</source>
internal sealed class NftablesSync
{
    /// <summary>Kernels before 6.2 notice late that nothing leads to a chain any more; until then it cannot be deleted.</summary>
    private static readonly TimeSpan StaleFor = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan FullSyncPeriod = TimeSpan.FromHours(1);

    private readonly NetworkNode _node;
    private readonly NftablesLayout _layout;
    private readonly SortedDictionary<long, (string Chain, TimeSpan Since)> _stale = [];
    private Dictionary<ServicePortName, NftablesService> _written = [];
    private TimeSpan? _lastFullSync;
    private string? _zone;
    private bool _hasMadeBaseChains;

    /// <summary>The sync loop of a kube-proxy that has just started.</summary>
    /// <param name="node">The node whose rules it writes; its settings are read in each sync.</param>
    /// <param name="isIPv6">The family.</param>
    /// <param name="layout">How the release arranges its table.</param>
    /// <param name="existing">What the kernel has from before; null for nothing.</param>
    public NftablesSync(NetworkNode node, bool isIPv6, NftablesLayout layout = NftablesLayout.Kubernetes136, NftablesTable? existing = null)
    {
        _node = node;
        _layout = layout;
        Table = existing ?? new NftablesTable(isIPv6);
    }

    /// <summary>What the kernel holds.</summary>
    public NftablesTable Table { get; }

    /// <summary>Whether the last sync wrote everything.</summary>
    public bool LastWasFull { get; private set; }

    /// <summary>Chains that are emptied and wait to be deleted, in the order they were made.</summary>
    public IReadOnlyList<string> StaleChains => [.. _stale.Values.Select(static entry => entry.Chain)];

    /// <summary>Makes the next sync write everything, as after one that failed.</summary>
    public void RequireFullSync() => _lastFullSync = null;

    /// <summary>Whether anything has changed since the last sync for which kube-proxy would run another.</summary>
    public bool HasChanges(ServiceTable services, IEnumerable<NamespacedName>? slicesChanged = null) =>
        _lastFullSync is null || _zone != _node.Zone || Changed(RulesOf(services), slicesChanged ?? []).Count > 0;

    /// <summary>One sync: the inputs of nft, in order. The last one is the sync's own, and may be empty.</summary>
    /// <param name="services">What is known of the Services now.</param>
    /// <param name="now">The time at which the sync begins.</param>
    /// <param name="slicesChanged">Services of which a slice has changed since the last sync, even where no rule shows it: kube-proxy writes their chains again.</param>
    public IReadOnlyList<NftablesTransaction> Sync(ServiceTable services, TimeSpan now, IEnumerable<NamespacedName>? slicesChanged = null)
    {
        var transactions = new List<NftablesTransaction>(2);
        DeleteStaleChains(transactions, now);
        bool isFull = _lastFullSync is not { } last || now - last > FullSyncPeriod || _zone != _node.Zone;
        var terms = new NftablesTerms(_node, Table.IsIPv6, _layout);
        var transaction = new NftablesTransaction(Table);
        transactions.Add(transaction);
        if (isFull)
        {
            NftablesSetup.Write(transaction, terms, remakesBaseChains: !_hasMadeBaseChains);
            _hasMadeBaseChains = true;
            _lastFullSync = now;
            _zone = _node.Zone;
        }

        LastWasFull = isFull;
        List<ServiceRule> rules = RulesOf(services);
        HashSet<NamespacedName> changed = isFull ? [] : Changed(rules, slicesChanged ?? []);
        var writer = new NftablesServiceWriter(Table, transaction, terms);
        var written = new Dictionary<ServicePortName, NftablesService>(rules.Count);
        foreach (ServiceRule rule in rules)
        {
            NftablesService? known = isFull ? null : _written.GetValueOrDefault(rule.Name);
            NftablesService service = ReferenceEquals(known?.Rule, rule) ? known! : new NftablesService(rule, _node, _layout);
            written.Add(rule.Name, service);
            writer.Write(service, isFull || changed.Contains(rule.Name.Service));
        }

        EmptyStaleChains(transaction, writer.Chains, now);
        DeleteStaleSets(transaction, writer.AffinitySets);
        writer.DeleteLeftovers();
        _written = written;
        return transactions;
    }

    private List<ServiceRule> RulesOf(ServiceTable services)
    {
        IReadOnlyList<ServiceRule> all = services.Rules;
        var rules = new List<ServiceRule>(all.Count);
        foreach (ServiceRule rule in all)
        {
            if (rule.Name.IsIPv6 == Table.IsIPv6)
            {
                rules.Add(rule);
            }
        }

        return rules;
    }

    private void DeleteStaleChains(List<NftablesTransaction> transactions, TimeSpan now)
    {
        NftablesTransaction? transaction = null;
        foreach ((long number, (string chain, TimeSpan since)) in _stale.ToArray())
        {
            if (now - since > StaleFor)
            {
                transaction ??= new NftablesTransaction(Table);
                transaction.DeleteChain(chain);
                _stale.Remove(number);
            }
        }

        if (transaction is not null)
        {
            transactions.Add(transaction);
        }
    }

    /// <summary>The Services of which something that the rules show has changed, or a slice. A Service is written as a whole, all its ports.</summary>
    private HashSet<NamespacedName> Changed(List<ServiceRule> rules, IEnumerable<NamespacedName> slicesChanged)
    {
        var changed = new HashSet<NamespacedName>(slicesChanged);
        var gone = new HashSet<ServicePortName>(_written.Keys);
        foreach (ServiceRule rule in rules)
        {
            gone.Remove(rule.Name);
            ServiceRule? before = _written.GetValueOrDefault(rule.Name)?.Rule;
            if (before is null || (!ReferenceEquals(before, rule) && Shown(before) != Shown(rule)))
            {
                changed.Add(rule.Name.Service);
            }
        }

        foreach (ServicePortName name in gone)
        {
            changed.Add(name.Service);
        }

        return changed;
    }

    /// <summary>Without what only explains.</summary>
    private static ServiceRule Shown(ServiceRule rule) => rule with { WhyEmpty = null };

    private void EmptyStaleChains(NftablesTransaction transaction, HashSet<string> used, TimeSpan now)
    {
        foreach (NftablesChain chain in Table.Chains)
        {
            if (!NftablesNames.IsServiceChain(chain.Name))
            {
                continue;
            }

            if (used.Contains(chain.Name))
            {
                _stale.Remove(chain.Number);
            }
            else
            {
                transaction.FlushChain(chain.Name);
                _stale[chain.Number] = (chain.Name, now);
            }
        }
    }

    private void DeleteStaleSets(NftablesTransaction transaction, HashSet<string> used)
    {
        foreach (NftablesSet set in Table.Sets)
        {
            if (NftablesNames.IsAffinitySet(set.Name) && !used.Contains(set.Name))
            {
                transaction.DeleteSet(set.Name);
            }
        }
    }
}
