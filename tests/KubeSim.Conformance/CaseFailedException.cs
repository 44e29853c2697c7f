namespace KubeSim.Conformance;

/// <summary>KubeSim does something else than the case expects. Thrown, not reported to NUnit: a deviation may catch it.</summary>
public sealed class CaseFailedException : Exception
{
    public CaseFailedException(string message)
        : base(message)
    {
    }

    public CaseFailedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    public CaseFailedException()
    {
    }
}
