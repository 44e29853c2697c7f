namespace KubeSim.Dataplane;

/// <summary>How kube-proxy tells whether a packet comes from a Pod: <c>--detect-local-mode</c>.</summary>
public enum LocalPodDetector
{
    /// <summary>Not configured: no source counts as a Pod, and nothing is masqueraded for not being one.</summary>
    None,

    /// <summary>A source in the cluster's Pod CIDRs, of whichever node.</summary>
    ClusterCIDR,

    /// <summary>A source in this node's Pod CIDRs.</summary>
    NodeCIDR,

    /// <summary>What comes in through the bridge that this node's Pods hang on.</summary>
    BridgeInterface,

    /// <summary>What comes in through an interface whose name begins as this node's Pods' interfaces do.</summary>
    InterfaceNamePrefix,
}
