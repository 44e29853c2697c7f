using KubeSim.Addressing;

namespace KubeSim.KernelTests.Lab;

/// <summary>What became of a probe.</summary>
/// <param name="Outcome">What the client noticed.</param>
/// <param name="Endpoint">Which address and port the server was reached at, by its own account; default where none was.</param>
/// <param name="Source">Whom the server saw; default where none was reached.</param>
internal readonly record struct Observation(Outcome Outcome, IpPort Endpoint = default, IpAddress Source = default)
{
    public override string ToString() => Outcome == Outcome.Reached ? $"reaches {Endpoint}, which sees {Source}" : Outcome.ToString().ToLowerInvariant();
}
