namespace KubeSim.Conformance.Reading;

/// <summary>A case says something that its family's runner does not understand.</summary>
public sealed class CaseFormatException : Exception
{
    public CaseFormatException(string message)
        : base(message)
    {
    }

    public CaseFormatException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    public CaseFormatException()
    {
    }
}
