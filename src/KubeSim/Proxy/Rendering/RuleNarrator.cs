using KubeSim.Collections;
using KubeSim.Dataplane;
using KubeSim.Proxy.Rendering.Iptables;
using KubeSim.Proxy.Rendering.Ipvs;
using KubeSim.Proxy.Rendering.Nftables;
using KubeSim.Tracing;

namespace KubeSim.Proxy.Rendering;

/// <summary>Names the rules that kube-proxy would have written on the node, in the node's mode.</summary>
internal sealed class RuleNarrator : IRuleNarrator
{
    public EquatableArray<RuleReference> Rules(ServicePassage passage, RuleStage stage) => passage.Node.ProxySettings.Mode switch
    {
        ProxyMode.Nftables => NftablesNarration.Rules(passage, stage),
        ProxyMode.Ipvs => IpvsNarration.Rules(passage, stage),
        _ => IptablesNarration.Rules(passage, stage),
    };
}
