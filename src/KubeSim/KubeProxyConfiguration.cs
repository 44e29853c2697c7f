using KubeSim.Addressing;
using KubeSim.Collections;
using KubeSim.Dataplane;

namespace KubeSim;

/// <summary>What an administrator may set of kube-proxy, under the names of <c>kubeproxy.config.k8s.io/v1alpha1</c>. Checked when a cluster is created.</summary>
/// <source>kubernetes v1.36, pkg/proxy/apis/config/types.go</source>
public sealed record KubeProxyConfiguration
{
    /// <summary>In <see cref="NodePortAddresses"/>: only the node's first address of each family.</summary>
    public const string Primary = "primary";

    /// <summary>How kube-proxy tells whether a packet comes from a Pod (<c>--detect-local-mode</c>).</summary>
    /// <value><see cref="LocalPodDetector.ClusterCIDR"/> by default.</value>
    public LocalPodDetector DetectLocalMode { get; init; } = LocalPodDetector.ClusterCIDR;

    /// <summary>The blocks of the Pods, for <see cref="LocalPodDetector.ClusterCIDR"/> (<c>--cluster-cidr</c>).</summary>
    /// <value>Null, the default: the cluster's <see cref="ClusterOptions.PodCidr"/>. Empty: there is no detector.</value>
    public EquatableArray<Cidr>? ClusterCidr { get; init; }

    /// <summary>The bridge of <see cref="LocalPodDetector.BridgeInterface"/>, or the prefix of <see cref="LocalPodDetector.InterfaceNamePrefix"/>.</summary>
    /// <value>Needed in these two modes, and of no effect in others.</value>
    public string DetectLocalInterface { get; init; } = "";

    /// <summary>On which of a node's addresses node ports answer (<c>--nodeport-addresses</c>): blocks such as <c>192.168.0.0/24</c>, or <see cref="Primary"/> alone.</summary>
    /// <value>Empty by default: every address in the iptables and IPVS modes, the primary one in the nftables mode.</value>
    public EquatableArray<string> NodePortAddresses { get; init; }

    /// <summary>Whether the iptables mode answers node ports on 127.0.0.1 too (<c>--iptables-localhost-nodeports</c>).</summary>
    /// <value>True by default.</value>
    public bool LocalhostNodePorts { get; init; } = true;

    /// <summary>Whether all traffic to ClusterIPs is masqueraded (<c>--masquerade-all</c>).</summary>
    public bool MasqueradeAll { get; init; }

    /// <summary>The bit of the packet mark that asks for masquerading (<c>--iptables-masquerade-bit</c>).</summary>
    /// <value>0 to 31; 14 by default.</value>
    public int MasqueradeBit { get; init; } = 14;

    /// <summary>The least time from the end of one sync of the rules to the next (<c>--iptables-min-sync-period</c> and its like): changes within it wait for one another.</summary>
    /// <value>
    /// Zero to 365 days. Null, the default: zero in a cluster without <see cref="ClusterOptions.Delays"/>, so that everything settles at the instant of its cause; else
    /// kube-proxy's own one second, and none in the IPVS mode.
    /// </value>
    public TimeSpan? MinSyncPeriod { get; init; }

    /// <summary>
    /// When a sync that failed is tried again, unless a change comes first (<c>--iptables-sync-period</c>). Syncs without a change are not played: they would write what there is.
    /// </summary>
    /// <value>More than zero, to 365 days; 30 seconds by default.</value>
    public TimeSpan SyncPeriod { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>What it sets of the kernel's connection tracking.</summary>
    public KubeProxyConntrackConfiguration Conntrack { get; init; } = new();

    /// <summary>The scheduler of the IPVS mode (<c>--ipvs-scheduler</c>): one of <see cref="LoadBalancing.LoadBalancerPolicy.IpvsSchedulers"/>.</summary>
    /// <value><c>rr</c> by default.</value>
    public string IpvsScheduler { get; init; } = "rr";
}
