using KubeSim.Dataplane;

namespace KubeSim.Proxy.Rendering.Nftables;

/// <summary>A service port on one node: which chains it has, and where each way into it leads.</summary>
/// <source>kubernetes v1.36, pkg/proxy/nftables/proxier.go: syncProxyRules</source>
internal sealed class NftablesService
{
    public NftablesService(ServiceRule rule, NetworkNode node, NftablesLayout layout)
    {
        Rule = rule;
        Protocol = NftablesNames.ProtocolOf(rule.Name.Protocol);
        Endpoints = NftablesEndpoints.Of(rule, node, layout);
        string chainBase = NftablesNames.ServiceBase(rule.Name);
        ServiceChain = NftablesNames.ServicePrefix + chainBase;
        LocalChain = NftablesNames.LocalPrefix + chainBase;
        ExternalChain = NftablesNames.ExternalPrefix + chainBase;
        FirewallChain = NftablesNames.FirewallPrefix + chainBase;
    }

    public ServiceRule Rule { get; }

    /// <summary>As nft spells it.</summary>
    public string Protocol { get; }

    public NftablesEndpoints Endpoints { get; }

    public string ServiceChain { get; }

    public string LocalChain { get; }

    public string ExternalChain { get; }

    public string FirewallChain { get; }

    public bool HasServiceChain => Endpoints.Cluster.Count > 0;

    public bool HasLocalChain => Endpoints.Local.Count > 0;

    /// <summary>Also without a local endpoint for outside traffic: what comes from Pods and the node itself goes to every endpoint.</summary>
    public bool HasExternalChain => Rule.HasAny && Rule.IsExternallyReachable;

    /// <summary>Also without any endpoint.</summary>
    public bool HasFirewallChain => !Rule.LoadBalancerIPs.IsEmpty && !Rule.SourceRanges.IsEmpty;

    public bool HasInternalEndpoints => Rule.HasAny && (!Rule.InternalLocal || HasLocalChain);

    public bool HasExternalEndpoints => Rule.HasAny && (!Rule.ExternalLocal || HasLocalChain);

    /// <summary>Where the ClusterIP leads.</summary>
    public string InternalChain => Rule.InternalLocal ? LocalChain : ServiceChain;

    /// <summary>What becomes of packets for which the policy leaves no endpoint.</summary>
    public string NoEndpointVerdict => Rule.HasAny ? "drop" : "goto " + NftablesSetup.RejectChain;
}
