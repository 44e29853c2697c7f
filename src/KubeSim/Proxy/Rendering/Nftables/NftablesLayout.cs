namespace KubeSim.Proxy.Rendering.Nftables;

/// <summary>How kube-proxy arranges its table; the way a packet takes is the same.</summary>
public enum NftablesLayout
{
    /// <summary>1.34 and 1.35: a chain for each endpoint, and a chain that marks what is to be masqueraded.</summary>
    Kubernetes134,

    /// <summary>1.36: one rule translates to any endpoint; what loops back is found in a set of connections.</summary>
    Kubernetes136,
}
