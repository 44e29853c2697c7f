using KubeSim.Addressing;
using KubeSim.Collections;
using KubeSim.Dataplane;
using KubeSim.LoadBalancing;
using KubeSim.Tracing;

namespace KubeSim.Proxy.Rendering.Iptables;

/// <summary>Which rules of <c>iptables-save</c> decide each stage of a packet's passage.</summary>
internal static class IptablesNarration
{
    public static EquatableArray<RuleReference> Rules(ServicePassage passage, RuleStage stage)
    {
        if (passage.Rule is not { } rule)
        {
            return [];
        }

        var settings = new IptablesSettings(passage.Node, rule.Name.IsIPv6);
        var rules = new List<RuleReference>();
        Backend? picked = passage.Picked ?? (passage.Candidates.IsEmpty ? null : passage.Candidates[0]);
        foreach (IptablesStep step in IptablesWalk.Of(passage.Node, rule, passage.Flow, picked, passage.IsRemembered, IptablesSync.IsLarge(passage.Table.Rules.Where(other => other.Name.IsIPv6 == rule.Name.IsIPv6))))
        {
            if (StageOf(step) != stage)
            {
                continue;
            }

            if (step is { Table: "nat", Rule.Chain: IptablesChains.NodePorts })
            {
                AddLocalJump(rules, passage.Flow, settings);
            }

            rules.Add(ReferenceTo(step.Table, step.Rule, settings.IsIPv6));
        }

        if (stage == RuleStage.Masquerade)
        {
            AddMasquerade(rules, settings);
        }

        return [.. rules];
    }

    /// <summary>What becomes of a packet that is marked: it is masqueraded on its way out.</summary>
    public static void AddMasquerade(List<RuleReference> rules, IptablesSettings settings)
    {
        var input = new IptablesInput();
        IptablesFixedRules.AddFirst(input, settings);
        foreach (IptablesTargetKind kind in (ReadOnlySpan<IptablesTargetKind>)[IptablesTargetKind.SetMark, IptablesTargetKind.Masquerade])
        {
            rules.Add(ReferenceTo("nat", input.Nat.Rules.Find(rule => rule.Target.Kind == kind)!, settings.IsIPv6));
        }
    }

    private static RuleStage StageOf(IptablesStep step)
    {
        IptablesRule rule = step.Rule;
        return step.Table == "filter" ? RuleStage.Refuse
            : rule.Target.Text == IptablesChains.MarkMasq ? RuleStage.Masquerade
            : rule.Target.Kind == IptablesTargetKind.Dnat ? RuleStage.Translate
            : rule.Target.Text.StartsWith(IptablesChains.EndpointPrefix, StringComparison.Ordinal) ? RuleStage.Pick
            : RuleStage.Match;
    }

    /// <summary>The rule behind all others of KUBE-SERVICES, by which packets to the node itself come to the node ports.</summary>
    private static void AddLocalJump(List<RuleReference> rules, in Flow flow, IptablesSettings settings)
    {
        var input = new IptablesInput();
        IptablesFixedRules.AddLast(input, settings);
        IpAddress destination = flow.Destination.Address;
        string text = destination.ToString();
        if (input.Nat.LastRules.Find(rule => !rule.Matches.Any(match => match is { Kind: IptablesMatchKind.Destination, IsNegated: false } && match.Text != text)) is { } jump)
        {
            rules.Add(ReferenceTo("nat", jump, settings.IsIPv6));
        }
    }

    private static RuleReference ReferenceTo(string table, IptablesRule rule, bool isIPv6) => new(table, rule.Chain, rule.ToSavedText(isIPv6));
}
