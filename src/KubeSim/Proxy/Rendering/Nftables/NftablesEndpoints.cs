using KubeSim.Addressing;
using KubeSim.Dataplane;
using KubeSim.LoadBalancing;

namespace KubeSim.Proxy.Rendering.Nftables;

/// <summary>The endpoints of a service port that a node may use, each list in kube-proxy's order: by address and port as a text.</summary>
/// <source>kubernetes v1.36, pkg/proxy/topology.go: CategorizeEndpoints</source>
internal sealed class NftablesEndpoints
{
    private NftablesEndpoints(List<NftablesEndpoint> cluster, List<NftablesEndpoint> local, List<NftablesEndpoint> all)
    {
        Cluster = cluster;
        Local = local;
        All = all;
    }

    public IReadOnlyList<NftablesEndpoint> Cluster { get; }

    public IReadOnlyList<NftablesEndpoint> Local { get; }

    /// <summary>Those that are in either list.</summary>
    public IReadOnlyList<NftablesEndpoint> All { get; }

    public static NftablesEndpoints Of(ServiceRule rule, NetworkNode node, NftablesLayout layout)
    {
        var known = new Dictionary<IpPort, NftablesEndpoint>();
        bool hasChains = layout == NftablesLayout.Kubernetes134 || rule.AffinityTimeout is not null;
        List<NftablesEndpoint> cluster = Sorted(rule.Cluster.For(node), Known);
        List<NftablesEndpoint> local = Sorted(rule.Local.For(node), Known);
        return new(cluster, local, known.Count == cluster.Count ? cluster : known.Count == local.Count ? local : Sorted(known.Values));

        NftablesEndpoint Known(Backend backend)
        {
            if (!known.TryGetValue(backend.Address, out NftablesEndpoint? endpoint))
            {
                endpoint = new NftablesEndpoint(
                    backend.Address,
                    backend.NodeName == node.Name,
                    hasChains ? NftablesNames.EndpointChain(rule, backend.Address) : "",
                    rule.AffinityTimeout is null ? "" : NftablesNames.AffinitySet(rule, backend.Address));
                known.Add(backend.Address, endpoint);
            }

            return endpoint;
        }
    }

    private static List<NftablesEndpoint> Sorted(BackendSet backends, Func<Backend, NftablesEndpoint> endpointOf)
    {
        var endpoints = new List<NftablesEndpoint>(backends.Count);
        for (int i = 0; i < backends.Count; i++)
        {
            endpoints.Add(endpointOf(backends[i]));
        }

        return backends.Count > 1 ? Sorted(endpoints) : endpoints;
    }

    private static List<NftablesEndpoint> Sorted(IReadOnlyCollection<NftablesEndpoint> endpoints)
    {
        var sorted = new List<(string Text, NftablesEndpoint Endpoint)>(endpoints.Count);
        foreach (NftablesEndpoint endpoint in endpoints)
        {
            sorted.Add((endpoint.Address.ToString(), endpoint));
        }

        sorted.Sort(static (left, right) => string.CompareOrdinal(left.Text, right.Text));
        return sorted.ConvertAll(static entry => entry.Endpoint);
    }
}
