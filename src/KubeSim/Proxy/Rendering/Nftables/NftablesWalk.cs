using KubeSim.Addressing;
using KubeSim.Dataplane;
using KubeSim.LoadBalancing;

namespace KubeSim.Proxy.Rendering.Nftables;

/// <summary>
/// The way of a flow's first packet through the table as <c>nft list</c> shows it: hook by hook, reading each rule. What chance decides is told
/// by the endpoint that was picked.
/// </summary>
internal sealed class NftablesWalk
{
    private readonly NftablesTable _table;
    private readonly NftablesRuleReader _reader;
    private readonly List<NftablesStep> _steps = [];
    private readonly bool _isFromNode;
    private bool _isMarked;

    private NftablesWalk(NftablesTable table, NftablesRuleReader reader, bool isFromNode)
    {
        _table = table;
        _reader = reader;
        _isFromNode = isFromNode;
    }

    /// <summary>The rules and elements that the packet matched and that had an effect, in order.</summary>
    public IReadOnlyList<NftablesStep> Steps => _steps;

    /// <summary>Where the packet goes; null where it is refused, or nothing says anything about it.</summary>
    public IpPort? TranslatedTo { get; private set; }

    public bool IsMasqueraded { get; private set; }

    /// <summary><c>drop</c> or <c>reject</c>; null where it is let through.</summary>
    public string? Refusal { get; private set; }

    /// <summary>Sends a packet through the rules.</summary>
    /// <param name="table">The rules, with at least those of the service port.</param>
    /// <param name="node">Where the packet is.</param>
    /// <param name="rule">The service port that its destination belongs to; null for none.</param>
    /// <param name="flow">Before any translation.</param>
    /// <param name="picked">The endpoint picked; null where the packet is refused.</param>
    /// <param name="isRemembered">Whether the client was sent there because it had been there before.</param>
    public static NftablesWalk Of(NftablesTable table, NetworkNode node, ServiceRule? rule, in Flow flow, Backend? picked, bool isRemembered = false)
    {
        string pickedChain = rule is not null && picked is { } backend ? NftablesNames.EndpointChain(rule, backend.Address) : "";
        var reader = new NftablesRuleReader(table, node, flow, picked?.Address, pickedChain, isRemembered);
        var walk = new NftablesWalk(table, reader, reader.IsLocal(flow.Source.Address));
        walk.Walk();
        return walk;
    }

    private void Walk()
    {
        _ = Passes(_isFromNode ? "output" : "prerouting") && (!_reader.IsLocal(_reader.Destination.Address) ? _isFromNode || Passes("forward") : Passes("input")) && Passes("postrouting");
    }

    /// <summary>Whether the packet comes through a hook: each chain in the order of the priorities.</summary>
    private bool Passes(string hook)
    {
        foreach (NftablesChain chain in _table.Chains.Where(chain => chain.Hook?.Hook == hook).OrderBy(chain => chain.Hook!.Priority))
        {
            Run(chain.Name);
            if (Refusal is not null)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether the chain ends with a verdict.</summary>
    private bool Run(string chain)
    {
        foreach (NftablesRule rule in _table.FindChain(chain)?.Rules ?? [])
        {
            if (_reader.Matches(rule.Text.Listed, _isMarked) is not { } action)
            {
                continue;
            }

            switch (action.Verb)
            {
                case "jump":
                    if (Run(action.Operand))
                    {
                        return true;
                    }

                    break;
                case "goto":
                    Add(IsEndpointChain(action.Operand) ? RuleStage.Pick : RuleStage.Match, chain, rule);
                    return Run(action.Operand);
                case "vmap":
                    if (Lookup(chain, rule, action) is { } isOver)
                    {
                        return isOver;
                    }

                    break;
                case "pick":
                    Add(RuleStage.Pick, chain, rule);
                    return Run(action.Operand);
                case "meta":
                    _isMarked = true;
                    Add(RuleStage.Masquerade, chain, rule);
                    break;
                case "masquerade":
                    IsMasqueraded = true;
                    Add(RuleStage.Masquerade, chain, rule);
                    return true;
                case "dnat":
                    Translate(chain, rule);
                    return true;
                case "drop" or "reject":
                    Add(RuleStage.Refuse, chain, rule);
                    Refusal = action.Verb;
                    return true;
            }
        }

        return false;
    }

    /// <summary>Follows the verdict of a map's element; null where it has none for the packet.</summary>
    private bool? Lookup(string chain, NftablesRule rule, NftablesAction action)
    {
        if (_table.FindSet(action.Operand)?.Find(action.Key) is not { Value: { } verdict } element)
        {
            return null;
        }

        RuleStage stage = action.Operand.StartsWith("no-endpoint", StringComparison.Ordinal) ? RuleStage.Refuse : RuleStage.Match;
        Add(stage, chain, rule);
        _steps.Add(new(stage, action.Operand, element.ToString()));
        if (verdict == "drop")
        {
            Refusal = verdict;
            return true;
        }

        return Run(verdict["goto ".Length..]);
    }

    private void Translate(string chain, NftablesRule rule)
    {
        if (!IsEndpointChain(chain))
        {
            Add(RuleStage.Pick, chain, rule);
        }

        Add(RuleStage.Translate, chain, rule);
        TranslatedTo = _reader.Translate();
    }

    private static bool IsEndpointChain(string chain) => chain.StartsWith(NftablesNames.EndpointPrefix, StringComparison.Ordinal);

    private void Add(RuleStage stage, string chain, NftablesRule rule) => _steps.Add(new(stage, chain, rule.Listed));
}
