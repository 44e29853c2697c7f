using System.Diagnostics.CodeAnalysis;
using KubeSim.Tracing;

namespace KubeSim;

/// <summary>A connection that had to be established was not; the message holds the trace.</summary>
[SuppressMessage("Design", "CA1032", Justification = "Without a trace it would explain nothing.")]
public sealed class ConnectionFailedException : Exception
{
    internal ConnectionFailedException(Trace trace)
        : base($"The connection was not established.\n{trace}") => Trace = trace;

    /// <summary>What happened, hop by hop.</summary>
    public Trace Trace { get; }
}
