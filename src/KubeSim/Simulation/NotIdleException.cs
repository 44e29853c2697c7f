using System.Diagnostics.CodeAnalysis;

namespace KubeSim.Simulation;

/// <summary>Something schedules itself again and again, so that waiting until nothing is pending has no end. What ran has happened; the simulation can go on.</summary>
[SuppressMessage("Design", "CA1032", Justification = "Without what is pending it would say nothing.")]
internal sealed class NotIdleException(string message) : InvalidOperationException(message);
