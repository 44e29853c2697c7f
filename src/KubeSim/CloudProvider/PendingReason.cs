namespace KubeSim.CloudProvider;

/// <summary>Why a Service of type LoadBalancer has no external address: kubectl shows <c>&lt;pending&gt;</c>.</summary>
/// <param name="Reason">One word, as an event has it, for example <c>AllocationFailed</c>.</param>
/// <param name="Message">A sentence.</param>
/// <param name="Field">The field of the Service that decides, for example <c>spec.loadBalancerIP</c>; null where there is none.</param>
internal sealed record PendingReason(string Reason, string Message, string? Field = null)
{
    /// <summary>The cluster has no load balancer provider at all.</summary>
    public static PendingReason NoProvider { get; } = new("NoProvider", "The cluster has no load balancer provider: nobody gives the Service an address.", "spec.type");

    /// <summary>The provider has not learnt of the Service yet.</summary>
    public static PendingReason NotLookedAt { get; } = new("EnsuringLoadBalancer", "The load balancer provider has not learnt of the Service yet.");

    /// <summary>The Service asks for another provider.</summary>
    public static PendingReason OtherClass(string loadBalancerClass) =>
        new("OtherClass", $"The load balancer class {loadBalancerClass} is served by no controller of this cluster.", "spec.loadBalancerClass");
}
