namespace KubeSim.Benchmarks.Targets;

/// <summary>One target and what was measured.</summary>
/// <param name="Name">What was measured.</param>
/// <param name="Measured">The figures.</param>
/// <param name="Bar">What they have to be.</param>
/// <param name="Holds">Whether they are.</param>
internal sealed record TargetLine(string Name, string Measured, string Bar, bool Holds)
{
    public override string ToString() => $"{Name} | {Measured} | {Bar} | {(Holds ? "ok" : "short")}";
}
