using KubeSim.Addressing;
using KubeSim.Api;
using KubeSim.Dataplane;

namespace KubeSim;

/// <summary>A machine that the cluster starts with.</summary>
/// <param name="Name">The node's name: a DNS subdomain in lower case, unique in the cluster.</param>
public sealed record NodeOptions(string Name)
{
    /// <summary>The zone it stands in (label <c>topology.kubernetes.io/zone</c>); null for none.</summary>
    public string? Zone { get; init; }

    /// <summary>Its address; null for the next free one of 192.168.0.0/16, or of 172.18.0.0/16 where Pods or Services have that block.</summary>
    public IpAddress? Address { get; init; }

    /// <summary>What kube-proxy programs on this node; null for <see cref="ClusterOptions.ProxyMode"/>.</summary>
    public ProxyMode? ProxyMode { get; init; }

    /// <summary>Its processors: kube-proxy sizes the table of connections by them (<see cref="KubeProxyConntrackConfiguration.MaxPerCore"/>).</summary>
    /// <value>1 to 1024; 4 by default.</value>
    public int Cores { get; init; } = 4;

    /// <summary>Whether the CNI plugin's bridge sends a Pod's packet back to that Pod, so that a Pod can reach itself through a Service.</summary>
    /// <value>True by default.</value>
    public bool HairpinMode { get; init; } = true;

    /// <summary>Further labels.</summary>
    public LabelSet Labels { get; init; }
}
