namespace KubeSim.Simulation;

/// <summary>The simulator broke a rule of its own. This is a defect in KubeSim, never the caller's mistake.</summary>
public sealed class SimulationBugException : Exception
{
    /// <summary>Creates the exception with a general message.</summary>
    public SimulationBugException()
        : base("An invariant of the simulator does not hold.")
    {
    }

    /// <summary>Creates the exception with what was expected and what was found.</summary>
    public SimulationBugException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with what was expected and what was found, and what led to it.</summary>
    public SimulationBugException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
