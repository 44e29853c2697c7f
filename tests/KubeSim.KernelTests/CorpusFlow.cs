using KubeSim.Addressing;

namespace KubeSim.KernelTests;

/// <summary>A flow of a conformance case, and what the case says of it.</summary>
internal sealed record CorpusFlow(string Name, IpAddress From, IpPort To, TransportProtocol Protocol, string Outcome, IReadOnlyList<IpPort> Endpoints, bool IsMasqueraded);
