using KubeSim.Api;
using KubeSim.Dataplane;

namespace KubeSim.Proxy.Rendering.Iptables;

/// <summary>
/// One family's proxier of one node through its syncs: what the kernel holds, and what the next sync writes. A partial sync writes the shared chains
/// whole, and of the others those of Services that have changed.
/// </summary>
/// <source>kubernetes v1.36, pkg/proxy/iptables/proxier.go: syncProxyRules</source>
internal sealed class IptablesSync(NetworkNode node, bool isIPv6)
{
    private const int LargeClusterEndpoints = 1000;

    /// <summary>How long after a clean-up a large cluster leaves stale chains alone: <c>--iptables-sync-period</c>.</summary>
    private static readonly TimeSpan SyncPeriod = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan FullSyncPeriod = TimeSpan.FromHours(1);

    /// <summary>Chains of service ports that nobody wants any longer; they stay in the kernel until a clean-up.</summary>
    private readonly SortedSet<string> _stale = new(StringComparer.Ordinal);

    private Dictionary<ServicePortName, IptablesServicePort> _ports = [];
    private bool _needsFullSync = true;
    private bool _failsNext;
    private string? _zone;
    private TimeSpan _lastFullSync;
    private TimeSpan? _lastCleanup;

    /// <summary>What the kernel holds after the syncs so far.</summary>
    public IptablesRuleset Ruleset { get; } = new(isIPv6);

    /// <summary>How often a partial sync's input was refused; each time, the next sync was a full one.</summary>
    public int PartialRestoreFailures { get; private set; }

    /// <summary>Makes the next sync a full one, as when somebody has flushed the tables.</summary>
    public void RequireFullSync() => _needsFullSync = true;

    /// <summary>Makes the kernel refuse the next input: nothing of it applies.</summary>
    public void FailNext() => _failsNext = true;

    /// <summary>Syncs once.</summary>
    /// <param name="table">The Services now.</param>
    /// <param name="now">The time; it only decides when everything is written anew and when stale chains of a large cluster go.</param>
    /// <param name="touched">Services whose slices have changed even where nothing follows from it.</param>
    public IptablesSyncResult Next(ServiceTable table, TimeSpan now = default, IEnumerable<NamespacedName>? touched = null)
    {
        List<ServiceRule> rules = [.. table.Rules.Where(rule => rule.Name.IsIPv6 == isIPv6)];
        bool isLarge = rules.Sum(rule => rule.EndpointCount) > LargeClusterEndpoints;
        bool isFull = _needsFullSync || node.Zone != _zone || (!isLarge && now - _lastFullSync > FullSyncPeriod);
        HashSet<NamespacedName> changed = Changed(rules, touched ?? []);
        if (isFull)
        {
            IptablesJumps.Ensure(Ruleset);
        }

        var settings = new IptablesSettings(node, isIPv6);
        var input = new IptablesInput();
        IptablesFixedRules.AddFirst(input, settings);
        var ports = new Dictionary<ServicePortName, IptablesServicePort>(rules.Count);
        foreach (ServiceRule rule in rules)
        {
            bool isWritten = isFull || changed.Contains(rule.Name.Service);
            IptablesServicePort port = isWritten ? IptablesServicePortBuilder.Build(settings, rule, isLarge) : _ports[rule.Name];
            ports.Add(rule.Name, port);
            Add(input, port, isWritten);
        }

        bool isCleanup = !isLarge || _lastCleanup is not { } last || now - last > SyncPeriod;
        FindStaleChains(ports);
        if (isCleanup)
        {
            input.Nat.Chains.AddRange(_stale);
            input.Nat.DeletedChains.AddRange(_stale);
            _lastCleanup = now;
        }

        IptablesFixedRules.AddLast(input, settings);
        if (_failsNext)
        {
            _failsNext = false;
            _needsFullSync = true;
            PartialRestoreFailures += isFull ? 0 : 1;
            return new(isFull, input);
        }

        Ruleset.Apply(input);
        if (isCleanup)
        {
            _stale.Clear();
        }

        IptablesJumps.EnsureCanary(Ruleset);
        _ports = ports;
        _zone = node.Zone;
        _needsFullSync = false;
        _lastFullSync = isFull ? now : _lastFullSync;
        return new(isFull, input);
    }

    private static void Add(IptablesInput input, IptablesServicePort port, bool withChains)
    {
        input.Filter.Rules.AddRange(port.Filter);
        input.Nat.Rules.AddRange(port.Captures);
        if (withChains)
        {
            input.Nat.Chains.AddRange(port.Chains);
            input.Nat.Rules.AddRange(port.ChainRules);
        }
    }

    /// <summary>A Service is written whole: all its ports, where one of them has changed, come, or gone.</summary>
    private HashSet<NamespacedName> Changed(List<ServiceRule> rules, IEnumerable<NamespacedName> touched)
    {
        var changed = new HashSet<NamespacedName>(touched);
        int kept = 0;
        foreach (ServiceRule rule in rules)
        {
            if (_ports.TryGetValue(rule.Name, out IptablesServicePort? port) && ++kept > 0 && (ReferenceEquals(port.Rule, rule) || port.Rule == rule))
            {
                continue;
            }

            changed.Add(rule.Name.Service);
        }

        if (kept < _ports.Count)
        {
            var names = new HashSet<ServicePortName>(rules.Select(rule => rule.Name));
            changed.UnionWith(_ports.Keys.Where(name => !names.Contains(name)).Select(name => name.Service));
        }

        return changed;
    }

    /// <summary>What the service ports had that are gone or written anew, and do not have now.</summary>
    private void FindStaleChains(Dictionary<ServicePortName, IptablesServicePort> ports)
    {
        foreach ((ServicePortName name, IptablesServicePort before) in _ports)
        {
            if (ports.GetValueOrDefault(name) is not { } now || !ReferenceEquals(now, before))
            {
                _stale.UnionWith(before.Chains);
            }
        }

        foreach ((ServicePortName name, IptablesServicePort now) in _stale.Count == 0 ? [] : ports)
        {
            if (!ReferenceEquals(now, _ports.GetValueOrDefault(name)))
            {
                _stale.ExceptWith(now.Chains);
            }
        }
    }
}
