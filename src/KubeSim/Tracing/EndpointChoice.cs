using KubeSim.Addressing;
using KubeSim.Collections;

namespace KubeSim.Tracing;

/// <summary>Which endpoints of a service port could be picked, and why not the others.</summary>
/// <param name="Candidates">Those that could.</param>
/// <param name="LeftOut">Those that could not.</param>
/// <param name="HintsIgnored">Why topology hints had no say; null where they had, or where there are none.</param>
internal readonly record struct EndpointChoice(EquatableArray<IpPort> Candidates, EquatableArray<LeftOut> LeftOut, string? HintsIgnored);
