using KubeSim.Collections;
using KubeSim.Dataplane;
using KubeSim.LoadBalancing;
using KubeSim.Tracing;

namespace KubeSim.Proxy.Rendering.Nftables;

/// <summary>Which rules and elements of <c>nft list table</c> decide each stage of a packet's passage.</summary>
internal static class NftablesNarration
{
    public static EquatableArray<RuleReference> Rules(ServicePassage passage, RuleStage stage)
    {
        bool isIPv6 = passage.Flow.Destination.Address.IsIPv6;
        Backend? picked = passage.Picked ?? (passage.Candidates.IsEmpty ? null : passage.Candidates[0]);
        var walk = NftablesWalk.Of(passage.Node, passage.Rule, passage.Flow, picked, passage.IsRemembered, passage.Reason == ReasonCode.NoSuchServicePort);
        var rules = new List<RuleReference>();
        foreach (NftablesStep step in walk.Steps)
        {
            if (step.Stage == stage)
            {
                rules.Add(new(isIPv6 ? "ip6 kube-proxy" : "ip kube-proxy", step.Chain, step.Rule));
            }
        }

        return [.. rules];
    }
}
