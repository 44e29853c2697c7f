namespace KubeSim.Tracing;

/// <summary>What kind of address a Service answers on.</summary>
public enum FrontendKind
{
    /// <summary>The virtual address inside the cluster.</summary>
    ClusterIP,

    /// <summary>An address of spec.externalIPs.</summary>
    ExternalIP,

    /// <summary>An address of status.loadBalancer.ingress.</summary>
    LoadBalancer,

    /// <summary>A port on the nodes' own addresses.</summary>
    NodePort,
}
