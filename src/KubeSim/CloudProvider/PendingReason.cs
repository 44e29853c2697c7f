namespace KubeSim.CloudProvider;

/// <summary>Why a Service of type LoadBalancer has no external address: kubectl shows <c>&lt;pending&gt;</c>.</summary>
/// <param name="Reason">One word, as an event has it, for example <c>AllocationFailed</c>.</param>
/// <param name="Message">A sentence.</param>
/// <param name="Field">The field of the Service that decides, for example <c>spec.loadBalancerIP</c>; null where there is none.</param>
internal sealed record PendingReason(string Reason, string Message, string? Field = null);
