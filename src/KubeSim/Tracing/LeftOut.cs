using KubeSim.Addressing;

namespace KubeSim.Tracing;

/// <summary>An endpoint of a Service that could not be picked.</summary>
/// <param name="Endpoint">Its address and port.</param>
/// <param name="Pod">The Pod behind it, for example <c>default/web-0</c>; null where the EndpointSlice does not say.</param>
/// <param name="Why">For example <c>not ready</c>, or <c>hint names zone a, node is in b</c>.</param>
public sealed record LeftOut(IpPort Endpoint, string? Pod, string Why)
{
    /// <summary>One line of a trace.</summary>
    public override string ToString() => $"{Endpoint}{(Pod is null ? "" : $" ({Pod})")} left out: {Why}";
}
