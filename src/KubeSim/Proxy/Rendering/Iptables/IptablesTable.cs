namespace KubeSim.Proxy.Rendering.Iptables;

/// <summary>A table of the kernel: built-in chains that let everything through, and chains by name.</summary>
internal sealed class IptablesTable
{
    private readonly string[] _builtIn;
    private readonly Dictionary<string, List<IptablesRule>> _chains = new(StringComparer.Ordinal);

    public IptablesTable(string name, params ReadOnlySpan<string> builtIn)
    {
        Name = name;
        _builtIn = builtIn.ToArray();
        foreach (string chain in builtIn)
        {
            _chains.Add(chain, []);
        }
    }

    public string Name { get; }

    public int RuleCount
    {
        get
        {
            int count = 0;
            foreach (List<IptablesRule> rules in _chains.Values)
            {
                count += rules.Count;
            }

            return count;
        }
    }

    /// <summary>The built-in chains, then all others by name. Sorts.</summary>
    public IReadOnlyList<string> ChainsInOrder()
    {
        var names = new List<string>(_chains.Count);
        foreach (string chain in _chains.Keys)
        {
            if (!IsBuiltIn(chain))
            {
                names.Add(chain);
            }
        }

        names.Sort(StringComparer.Ordinal);
        names.InsertRange(0, _builtIn);
        return names;
    }

    public bool IsBuiltIn(string chain) => Array.IndexOf(_builtIn, chain) >= 0;

    public List<IptablesRule> RulesOf(string chain) => _chains[chain];

    /// <summary>Makes a chain where it is missing.</summary>
    public void Ensure(string chain) => _chains.TryAdd(chain, []);

    /// <summary>Puts a rule before all others of its chain, where it is not there yet.</summary>
    public void EnsureFirst(IptablesRule rule)
    {
        List<IptablesRule> rules = RulesOf(rule.Chain);
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

        AddAll(input.Rules);

        foreach (string chain in input.DeletedChains)
        {
            _chains.Remove(chain);
        }

        AddAll(input.LastRules);
    }

    private void AddAll(List<IptablesRule> rules)
    {
        string chain = "";
        List<IptablesRule>? ofChain = null;
        foreach (IptablesRule rule in rules)
        {
            if (ofChain is null || !ReferenceEquals(rule.Chain, chain))
            {
                chain = rule.Chain;
                ofChain = RulesOf(chain);
            }

            ofChain.Add(rule);
        }
    }
}
