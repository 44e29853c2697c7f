using KubeSim.Api;
using KubeSim.Simulation;

namespace KubeSim.Dns;

/// <summary>
/// Who asks whom. A Pod asks as its <c>resolv.conf</c> says: the cluster's server where that is its first name server. Nodes, and hosts outside the
/// cluster, ask name servers of their own, which know no name of the cluster; there is no search list.
/// </summary>
internal sealed class ClusterResolvers(DnsServer cluster, INameServer outside, RunLog log, KubeletDns kubelet)
{
    private readonly Dictionary<string, ResolverConfiguration> _plain = new(StringComparer.Ordinal);
    private Pod? _last;
    private Resolver? _resolverOfLast;

    /// <summary>Of a host outside the cluster.</summary>
    public Resolver Outside { get; } = new(ResolverConfiguration.Empty, outside, cluster, log, "outside");

    /// <summary>Of a Pod, as it is now.</summary>
    public Resolver OfPod(Pod pod)
    {
        if (ReferenceEquals(_last, pod) && _resolverOfLast is not null)
        {
            return _resolverOfLast;
        }

        ResolverConfiguration configuration = ConfigurationOf(pod);
        bool asksCluster = !configuration.Nameservers.IsEmpty && kubelet.ClusterDns.AsSpan().Contains(configuration.Nameservers[0]);
        _last = pod;
        return _resolverOfLast = new Resolver(configuration, asksCluster ? cluster : outside, cluster, log, pod.Spec.NodeName ?? "", pod);
    }

    /// <summary>Of a node itself.</summary>
    public Resolver OfNode(string node) => new(kubelet.NodeFile ?? ResolverConfiguration.Empty, outside, cluster, log, node);

    /// <summary>Pods that say nothing special share what they have in common with their namespace.</summary>
    private ResolverConfiguration ConfigurationOf(Pod pod)
    {
        if (pod.Spec.DnsConfig is not null || !kubelet.UsesClusterDns(pod))
        {
            return kubelet.Of(pod);
        }

        if (!_plain.TryGetValue(pod.Metadata.Namespace, out ResolverConfiguration? configuration))
        {
            _plain.Add(pod.Metadata.Namespace, configuration = kubelet.Of(pod));
        }

        return configuration;
    }
}
