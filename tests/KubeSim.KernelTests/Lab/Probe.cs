using KubeSim.Addressing;

namespace KubeSim.KernelTests.Lab;

/// <summary>One attempt to reach something, on a real kernel.</summary>
/// <param name="Flow">From where, with a source port of its own, to where.</param>
/// <param name="IsAnswered">Whether an answer, be it a refusal, is expected; only then is it worth waiting for one.</param>
internal sealed record Probe(Flow Flow, bool IsAnswered);
