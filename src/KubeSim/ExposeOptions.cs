using KubeSim.Api;

namespace KubeSim;

/// <summary>The flags of <c>kubectl expose</c>; null where one is not given.</summary>
/// <param name="Name">--name.</param>
/// <param name="Port">--port.</param>
/// <param name="TargetPort">--target-port.</param>
/// <param name="Type">--type.</param>
/// <param name="Protocol">--protocol.</param>
/// <param name="SessionAffinity">--session-affinity.</param>
/// <param name="ClusterIP">--cluster-ip.</param>
internal sealed record ExposeOptions(
    string? Name, int? Port, IntOrString? TargetPort, string? Type, string? Protocol, string? SessionAffinity, string? ClusterIP);
