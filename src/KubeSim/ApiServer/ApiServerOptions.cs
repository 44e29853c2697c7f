using KubeSim.Addressing;
using KubeSim.Collections;

namespace KubeSim.ApiServer;

/// <summary>What kube-apiserver is told by flags.</summary>
internal sealed record ApiServerOptions
{
    /// <summary>The ranges of ClusterIPs: one, or one of each family; the first one's family is that of a Service that does not ask.</summary>
    /// <source>kube-apiserver --service-cluster-ip-range; the default is kubeadm's</source>
    public EquatableArray<Cidr> ServiceCidrs { get; init; } = [Cidr.Parse("10.96.0.0/12")];

    /// <summary>Further ranges, of which a Service may name an address; none is given out of them unasked.</summary>
    /// <source>networking.k8s.io/v1, ServiceCIDR</source>
    public EquatableArray<Cidr> FurtherServiceCidrs { get; init; }

    /// <summary>The lowest node port.</summary>
    /// <source>kube-apiserver --service-node-port-range</source>
    public int NodePortFirst { get; init; } = 30000;

    /// <summary>The highest node port.</summary>
    public int NodePortLast { get; init; } = 32767;
}
