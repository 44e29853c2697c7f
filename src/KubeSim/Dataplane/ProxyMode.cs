namespace KubeSim.Dataplane;

/// <summary>What kube-proxy programs on a node: <c>--proxy-mode</c>.</summary>
/// <source>kubernetes v1.36, pkg/proxy/apis/config/types.go</source>
public enum ProxyMode
{
    /// <summary>Rules of iptables: the default up to 1.36.</summary>
    IPTables,

    /// <summary>A table of nftables. Node ports answer on the node's primary address alone unless told otherwise, and whatever is no service of a ClusterIP is refused.</summary>
    Nftables,

    /// <summary>Virtual servers of IPVS. The addresses of Services are addresses of the node.</summary>
    Ipvs,
}
