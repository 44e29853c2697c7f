namespace KubeSim.Proxy.Rendering.Iptables;

/// <summary>A table of the kernel: built-in chains that let everything through, and chains by name.</summary>
internal sealed class IptablesTable
{
    private readonly string[] _builtIn;
    private readonly SortedDictionary<string, List<IptablesRule>> _chains = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<IptablesRule>> _builtInRules = new(StringComparer.Ordinal);

    public IptablesTable(string name, params ReadOnlySpan<string> builtIn)
    {
        Name = name;
        _builtIn = builtIn.ToArray();
        foreach (string chain in builtIn)
        {
            _builtInRules.Add(chain, []);
        }
    }

    public string Name { get; }

    /// <summary>The built-in chains, then all others by name.</summary>
    public IEnumerable<string> ChainsInOrder => [.. _builtIn, .. _chains.Keys];

    public bool IsBuiltIn(string chain) => _builtInRules.ContainsKey(chain);

    public IReadOnlyList<IptablesRule> RulesOf(string chain) => ListOf(chain);

    /// <summary>Makes a chain where it is missing.</summary>
    public void Ensure(string chain) => _chains.TryAdd(chain, []);

    /// <summary>Puts a rule before all others of its chain, where it is not there yet.</summary>
    public void EnsureFirst(IptablesRule rule)
    {
        List<IptablesRule> rules = ListOf(rule.Chain);
        if (!rules.Contains(rule))
        {
            rules.Insert(0, rule);
        }
    }

    /// <summary>Takes an input in: chains that it does not declare stay as they are.</summary>
    public void Apply(IptablesTableInput input)
    {
        foreach (string chain in input.Chains)
        {
            _chains[chain] = [];
        }

        foreach (IptablesRule rule in input.Rules)
        {
            ListOf(rule.Chain).Add(rule);
        }

        foreach (string chain in input.DeletedChains)
        {
            _chains.Remove(chain);
        }

        foreach (IptablesRule rule in input.LastRules)
        {
            ListOf(rule.Chain).Add(rule);
        }
    }

    private List<IptablesRule> ListOf(string chain) => _builtInRules.TryGetValue(chain, out List<IptablesRule>? rules) ? rules : _chains[chain];
}
