using KubeSim.Addressing;
using KubeSim.Tracing;

namespace KubeSim.Dataplane;

/// <summary>What became of a packet.</summary>
internal readonly record struct Verdict
{
    public ConnectionOutcome Outcome { get; init; }

    /// <summary><see cref="ReasonCode.None"/> where it arrived; <see cref="Network.Explain"/> makes a sentence of it.</summary>
    public ReasonCode Reason { get; init; }

    /// <summary>The flow as the client sends it.</summary>
    public Flow Flow { get; init; }

    /// <summary>The flow as it was when the walk ended: for one that arrived, as the server sees it.</summary>
    public Flow Translated { get; init; }

    /// <summary>The Pod that serves, or would if it listened; null for nodes, hosts and what got nowhere.</summary>
    public PodAttachment? Server { get; init; }

    /// <summary>The machine where the walk ended; null where that is none of the nodes.</summary>
    public NetworkNode? Node { get; init; }

    /// <summary>The last rule that decided anything.</summary>
    public ServiceRule? Rule { get; init; }

    /// <summary>The open connection; default where none was opened.</summary>
    public ConnectionHandle Handle { get; init; }

    /// <summary>From sending to the answer, or until a TCP client gives up.</summary>
    public TimeSpan RoundTripTime { get; init; }

    public bool IsEstablished => Outcome == ConnectionOutcome.Established;

    /// <summary>The address and port that the packet went to in the end.</summary>
    public IpPort Endpoint => Translated.Destination;

    public IpPort SourceSeenByServer => Translated.Source;
}
