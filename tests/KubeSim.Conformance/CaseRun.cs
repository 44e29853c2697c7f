using KubeSim.Api;
using KubeSim.Conformance.Reading;

namespace KubeSim.Conformance;

/// <summary>One case as its family replays it.</summary>
/// <param name="Name">The case's name, with what tells its runs apart: <c>clusterip-general [iptables]</c>.</param>
/// <param name="Value">The case.</param>
/// <param name="Run">
/// Replays it and throws where it does not hold, best by <see cref="Findings"/>; not by NUnit's Assert, which would fail the test even where a
/// deviation catches it. What it leaves unread of the case fails the test afterwards.
/// </param>
public sealed record CaseRun(string Name, JsonValue Value, Action<CaseNode> Run);
