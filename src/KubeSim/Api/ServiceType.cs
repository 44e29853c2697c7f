namespace KubeSim.Api;

/// <summary>Who can reach a Service. The values that Kubernetes knows; others are kept and refused by the API server.</summary>
public static class ServiceType
{
    /// <summary>Only from inside the cluster.</summary>
    public const string ClusterIP = "ClusterIP";

    /// <summary>Also at a port of every node.</summary>
    public const string NodePort = "NodePort";

    /// <summary>Also at an address from outside.</summary>
    public const string LoadBalancer = "LoadBalancer";

    /// <summary>Nobody, it is another name for something elsewhere.</summary>
    public const string ExternalName = "ExternalName";
}
