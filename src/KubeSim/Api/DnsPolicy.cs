namespace KubeSim.Api;

/// <summary>Where the resolver configuration of a Pod comes from. The values that Kubernetes knows; others are kept and refused by the API server.</summary>
public static class DnsPolicy
{
    /// <summary>From the cluster, unless it has the network of its node.</summary>
    public const string ClusterFirst = "ClusterFirst";

    /// <summary>From the cluster, whatever network it has.</summary>
    public const string ClusterFirstWithHostNet = "ClusterFirstWithHostNet";

    /// <summary>From its node.</summary>
    public const string Default = "Default";

    /// <summary>From its dnsConfig alone.</summary>
    public const string None = "None";
}
