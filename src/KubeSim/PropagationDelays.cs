namespace KubeSim;

/// <summary>
/// How long news takes from one component to the next, in virtual time. With no delays a call into the cluster returns when everything that
/// follows from it has happened, all at one instant; with delays it happens while the clock advances.
/// </summary>
/// <value>Each delay is zero to 365 days; zero by default.</value>
public sealed record PropagationDelays
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(365);

    /// <summary>No delays: everything settles at the instant of its cause.</summary>
    public static PropagationDelays None { get; } = new();

    /// <summary>
    /// Delays to see the steps of a cluster by: kube-proxy's own period of one second, and assumed values for the rest (5 ms for a watch, one second for a
    /// Pod's start), which nobody measured on a real cluster.
    /// </summary>
    /// <source>kubernetes v1.36, kube-proxy --iptables-min-sync-period, 1 s</source>
    public static PropagationDelays Typical { get; } = new()
    {
        ServerToController = TimeSpan.FromMilliseconds(5),
        ServerToKubelet = TimeSpan.FromMilliseconds(5),
        PodStart = TimeSpan.FromSeconds(1),
        ControllerToProxy = TimeSpan.FromMilliseconds(5),
        ProxySync = TimeSpan.FromSeconds(1),
        ControllerToDns = TimeSpan.FromMilliseconds(5),
        ServerToLoadBalancer = TimeSpan.FromMilliseconds(5),
    };

    /// <summary>From a change in the API server to the controllers that watch it.</summary>
    public TimeSpan ServerToController { get; init; }

    /// <summary>From a change in the API server to a node's kubelet.</summary>
    public TimeSpan ServerToKubelet { get; init; }

    /// <summary>From a kubelet's learning of a Pod to that Pod's being ready.</summary>
    public TimeSpan PodStart { get; init; }

    /// <summary>From a Service or EndpointSlice in the API server to the kube-proxies.</summary>
    public TimeSpan ControllerToProxy { get; init; }

    /// <summary>From a kube-proxy's first news to its writing of the rules.</summary>
    public TimeSpan ProxySync { get; init; }

    /// <summary>From a Service or EndpointSlice in the API server to the cluster's DNS.</summary>
    public TimeSpan ControllerToDns { get; init; }

    /// <summary>From a change in the API server to the load balancer provider.</summary>
    public TimeSpan ServerToLoadBalancer { get; init; }

    /// <summary>The first delay outside its range, as the name of its option, or null.</summary>
    internal string? FirstOutOfRange() =>
        IsOutOfRange(ServerToController) ? nameof(ServerToController)
        : IsOutOfRange(ServerToKubelet) ? nameof(ServerToKubelet)
        : IsOutOfRange(PodStart) ? nameof(PodStart)
        : IsOutOfRange(ControllerToProxy) ? nameof(ControllerToProxy)
        : IsOutOfRange(ProxySync) ? nameof(ProxySync)
        : IsOutOfRange(ControllerToDns) ? nameof(ControllerToDns)
        : IsOutOfRange(ServerToLoadBalancer) ? nameof(ServerToLoadBalancer)
        : null;

    private static bool IsOutOfRange(TimeSpan delay) => delay < TimeSpan.Zero || delay > Longest;
}
