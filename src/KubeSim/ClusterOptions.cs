using KubeSim.Addressing;
using KubeSim.Collections;
using KubeSim.Dataplane;
using KubeSim.LoadBalancing;

namespace KubeSim;

/// <summary>
/// What a cluster is made of: immutable, so that one can serve many clusters; make a variant with <c>with</c>. Checked when a cluster is
/// created: what is wrong is an <see cref="ArgumentException"/> that names the option.
/// </summary>
public sealed record ClusterOptions
{
    private const string DefaultLoadBalancers = "198.51.100.1-198.51.100.254";

    /// <summary>From which every random choice follows: the same seed and the same calls give the same run.</summary>
    /// <value>1 by default; any value.</value>
    public ulong Seed { get; init; } = 1;

    /// <summary>The machines.</summary>
    /// <value>One node, <c>node-1</c>, by default. May be empty: then no Pod runs.</value>
    public EquatableArray<NodeOptions> Nodes { get; init; } = [new("node-1")];

    /// <summary>How kube-proxy chooses among endpoints.</summary>
    /// <value>Null, the default: as its mode does, at random in the iptables and nftables modes, by <see cref="KubeProxyConfiguration.IpvsScheduler"/> in the IPVS mode.</value>
    public LoadBalancerPolicy? LoadBalancer { get; init; }

    /// <summary>What kube-proxy programs on every node that does not say otherwise.</summary>
    /// <value><see cref="ProxyMode.IPTables"/> by default.</value>
    public ProxyMode ProxyMode { get; init; }

    /// <summary>The release of Kubernetes whose kube-proxy runs on the nodes, where releases differ: UDP flows, node hints, the nftables mode. The API is that of 1.36.</summary>
    /// <value><c>1.31</c> to <c>1.37</c>, also with a patch number, which makes no difference; <c>1.36</c> by default.</value>
    public string KubernetesVersion { get; init; } = "1.36";

    /// <summary>Everything else that kube-proxy is told, the same on every node.</summary>
    public KubeProxyConfiguration KubeProxy { get; init; } = new();

    /// <summary>The block from which nodes get their blocks for Pods: /24 of IPv4, /64 of IPv6.</summary>
    /// <value>10.244.0.0/16 by default, enough for 255 nodes. One of IPv6 makes a cluster of IPv6: <see cref="ServiceCidr"/> is of IPv6 too, and nodes get such addresses.</value>
    public Cidr PodCidr { get; init; } = Cidr.Parse("10.244.0.0/16");

    /// <summary>The block from which Services get their ClusterIPs; its first address is that of the Service <c>default/kubernetes</c>.</summary>
    /// <value>10.96.0.0/16 by default; of the same family as <see cref="PodCidr"/>.</value>
    public Cidr ServiceCidr { get; init; } = Cidr.Parse("10.96.0.0/16");

    /// <summary>The lowest node port that is given out.</summary>
    /// <value>1 to 65535; 30000 by default.</value>
    public int FirstNodePort { get; init; } = 30_000;

    /// <summary>The highest node port that is given out.</summary>
    /// <value><see cref="FirstNodePort"/> to 65535; 32767 by default.</value>
    public int LastNodePort { get; init; } = 32_767;

    /// <summary>The addresses that Services of type LoadBalancer get: blocks such as <c>198.51.100.0/24</c>, ranges such as <c>198.51.100.10-198.51.100.20</c>.</summary>
    /// <value>198.51.100.1 to 198.51.100.254 by default, in a cluster of IPv6 2001:db8:198:51::1 to 2001:db8:198:51::fffe. Empty: there is no provider, and such a Service stays <c>&lt;pending&gt;</c>.</value>
    public EquatableArray<string> LoadBalancerAddresses { get; init; } = [DefaultLoadBalancers];

    /// <summary>The addresses that load balancers really get: the default ones are of the cluster's family.</summary>
    internal EquatableArray<string> LoadBalancerRanges =>
        !ServiceCidr.First.IsIPv4 && LoadBalancerAddresses is [DefaultLoadBalancers] ? ["2001:db8:198:51::1-2001:db8:198:51::fffe"] : LoadBalancerAddresses;

    /// <summary>How long news takes from one component to the next.</summary>
    /// <value><see cref="PropagationDelays.None"/> by default.</value>
    public PropagationDelays Delays { get; init; } = PropagationDelays.None;

    /// <summary>The calendar time at which the cluster starts.</summary>
    /// <value>2026-01-01 00:00 UTC by default.</value>
    public DateTimeOffset StartTime { get; init; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The domain below which the cluster's names live.</summary>
    /// <value><c>cluster.local</c> by default.</value>
    public string ClusterDomain { get; init; } = "cluster.local";

    /// <summary>Whether a field that Kubernetes does not know makes a manifest unreadable instead of a warning (<c>--validate=strict</c>).</summary>
    public bool StrictManifests { get; init; }
}
