using System.Diagnostics.CodeAnalysis;

namespace KubeSim.Simulation;

/// <summary>Conditions that only a defect in the simulator can break; checked in release builds too.</summary>
internal static class Invariant
{
    /// <exception cref="SimulationBugException">The condition is false.</exception>
    public static void Hold([DoesNotReturnIf(false)] bool condition, string message)
    {
        if (!condition)
        {
            Break(message);
        }
    }

    [DoesNotReturn]
    private static void Break(string message) => throw new SimulationBugException(message);
}
