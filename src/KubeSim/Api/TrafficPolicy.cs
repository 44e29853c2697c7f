namespace KubeSim.Api;

/// <summary>Which endpoints traffic may reach. The values that Kubernetes knows; others are kept and refused by the API server.</summary>
public static class TrafficPolicy
{
    /// <summary>All of them.</summary>
    public const string Cluster = "Cluster";

    /// <summary>Only those on the node that the traffic reaches.</summary>
    public const string Local = "Local";
}
