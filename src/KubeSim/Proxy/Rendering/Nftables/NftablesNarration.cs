using KubeSim.Addressing;
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
        NftablesTable table = TableOf(passage);
        Backend? picked = passage.Picked ?? (passage.Candidates.IsEmpty ? null : passage.Candidates[0]);
        var walk = NftablesWalk.Of(table, passage.Node, passage.Rule, passage.Flow, picked, passage.IsRemembered);
        var rules = new List<RuleReference>();
        foreach (NftablesStep step in walk.Steps)
        {
            if (step.Stage == stage)
            {
                rules.Add(new(table.Family + " kube-proxy", step.Chain, step.Rule));
            }
        }

        return [.. rules];
    }

    /// <summary>The part of the node's table that the packet can come to: what stands for its service port, or for the ClusterIP whose port it misses.</summary>
    private static NftablesTable TableOf(ServicePassage passage)
    {
        IpAddress destination = passage.Flow.Destination.Address;
        var sync = new NftablesSync(passage.Node, destination.IsIPv6);
        sync.Sync(passage.Rule is { } rule ? ServiceTable.Empty.With(rule) : ServiceTable.Empty, TimeSpan.Zero);
        if (passage.Reason == ReasonCode.NoSuchServicePort)
        {
            sync.Table.FindSet(NftablesSetup.ClusterIPs)!.Add(new NftablesElement(destination.ToString()));
        }

        return sync.Table;
    }
}
