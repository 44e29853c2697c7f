namespace KubeSim.Simulation;

/// <summary>The 256 bits of a <see cref="DeterministicRandom"/>, taken before a dry run and put back after it.</summary>
internal readonly record struct RandomState(ulong S0, ulong S1, ulong S2, ulong S3);
