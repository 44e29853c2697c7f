using KubeSim.Addressing;
using KubeSim.Collections;
using KubeSim.LoadBalancing;

namespace KubeSim.Dataplane;

/// <summary>How kube-proxy of a node is configured, as far as it decides what becomes of a packet.</summary>
internal sealed record ProxySettings
{
    public static ProxySettings Default { get; } = new();

    public ProxyMode Mode { get; init; }

    /// <summary><c>--detect-local-mode</c>.</summary>
    public LocalPodDetector Detector { get; init; } = LocalPodDetector.ClusterCIDR;

    /// <summary><c>--cluster-cidr</c>: what <see cref="LocalPodDetector.ClusterCIDR"/> looks at. Without one of a family there is no detector for it.</summary>
    public EquatableArray<Cidr> ClusterCidrs { get; init; }

    /// <summary>The bridge of <see cref="LocalPodDetector.BridgeInterface"/>, or the prefix of <see cref="LocalPodDetector.InterfaceNamePrefix"/>.</summary>
    public string DetectorInterface { get; init; } = "";

    /// <summary>The ServiceCIDRs; the nftables mode drops what goes to an address of them that no Service has.</summary>
    public EquatableArray<Cidr> ServiceCidrs { get; init; }

    /// <summary>How endpoints are picked; null for the network's policy.</summary>
    public LoadBalancerPolicy? Policy { get; init; }

    public bool MasqueradeAll { get; init; }

    /// <summary>The bit of the packet mark that asks for masquerading, from 0 to 31.</summary>
    public int MasqueradeBit { get; init; } = 14;

    /// <summary><c>--nodeport-addresses</c>; empty for every address of the node, as if none of a family were given for that family.</summary>
    public EquatableArray<Cidr> NodePortAddresses { get; init; }

    /// <summary><c>--nodeport-addresses primary</c>, which the nftables mode takes where nothing is given: only the node's first address of each family.</summary>
    public bool OnlyPrimaryNodePortAddress { get; init; }

    /// <summary><c>--iptables-localhost-nodeports</c>: in the iptables mode, node ports answer on 127.0.0.1 too.</summary>
    public bool LocalhostNodePorts { get; init; } = true;

    /// <summary><c>--conntrack-tcp-be-liberal</c>: the kernel keeps TCP packets out of a window, so that the iptables mode need not drop invalid ones.</summary>
    public bool ConntrackTcpBeLiberal { get; init; }

    /// <summary>Whether the node's iptables knows <c>MASQUERADE --random-fully</c>: from 1.6.2 on.</summary>
    public bool RandomFully { get; init; } = true;

    /// <summary>Whether the kernel has nfnetlink_acct, so that kube-proxy can count with <c>-m nfacct</c>.</summary>
    public bool Nfacct { get; init; } = true;
}
