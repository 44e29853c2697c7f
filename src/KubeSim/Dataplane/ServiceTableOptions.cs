using KubeSim.Addressing;
using KubeSim.Collections;

namespace KubeSim.Dataplane;

/// <summary>What holds for every service port of a table: kube-proxy's configuration.</summary>
internal sealed record ServiceTableOptions
{
    public LocalPodDetector Detector { get; init; } = LocalPodDetector.ClusterCIDR;

    /// <summary><c>--cluster-cidr</c>: what <see cref="LocalPodDetector.ClusterCIDR"/> looks at. Without one of a family there is no detector for it.</summary>
    public EquatableArray<Cidr> ClusterCidrs { get; init; }

    /// <summary>The ServiceCIDRs; only for explanations.</summary>
    public EquatableArray<Cidr> ServiceCidrs { get; init; }

    public bool MasqueradeAll { get; init; }

    /// <summary><c>--nodeport-addresses</c>; empty for every address of the node, as if none of a family were given for that family.</summary>
    public EquatableArray<Cidr> NodePortAddresses { get; init; }

    /// <summary><c>--nodeport-addresses primary</c>: only the node's first address of each family.</summary>
    public bool OnlyPrimaryNodePortAddress { get; init; }

    /// <summary><c>--iptables-localhost-nodeports</c>: node ports answer on 127.0.0.1 too.</summary>
    public bool LocalhostNodePorts { get; init; } = true;
}
