using KubeSim.Addressing;
using KubeSim.Dataplane;
using KubeSim.Tracing;

namespace KubeSim;

/// <summary>
/// The result of dialling: who answered, or why nobody did. An established connection stays open until it is disposed; dialling takes no virtual time.
/// Of the thread that drives the cluster.
/// </summary>
public sealed class Connection : IDisposable
{
    private readonly Cluster _cluster;
    private readonly TrafficSource _from;
    private readonly Flow _flow;
    private ConnectionHandle _handle;

    internal Connection(Cluster cluster, TrafficSource from, in Verdict verdict, Trace trace)
    {
        _cluster = cluster;
        _from = from;
        _flow = verdict.Flow;
        _handle = verdict.Handle;
        Trace = trace;
        Outcome = verdict.Outcome;
        RoundTripTime = verdict.RoundTripTime;
        Local = verdict.Flow.Source;
        Dialled = verdict.Flow.Destination;
        if (verdict.IsEstablished)
        {
            Endpoint = verdict.Endpoint;
            SourceSeenByServer = verdict.SourceSeenByServer;
            ServedBy = verdict.Server?.ShortName;
            ServedByNode = (verdict.Server?.Node ?? verdict.Node)?.Name;
        }
    }

    /// <summary>A connection whose name did not resolve: no packet was sent.</summary>
    internal Connection(Cluster cluster, TrafficSource from, Trace trace)
    {
        _cluster = cluster;
        _from = from;
        Trace = trace;
        Outcome = trace.Outcome;
    }

    /// <summary>How it ended.</summary>
    public ConnectionOutcome Outcome { get; }

    /// <summary>Whether somebody answered.</summary>
    public bool IsEstablished => Outcome == ConnectionOutcome.Established;

    /// <summary>Where the client sent from; null where the name did not resolve.</summary>
    public IpPort? Local { get; }

    /// <summary>What the client dialled, its name resolved; null where the name did not resolve.</summary>
    public IpPort? Dialled { get; }

    /// <summary>Which endpoint took the connection, after translation; null where nobody did.</summary>
    public IpPort? Endpoint { get; }

    /// <summary>The name of the Pod that answers; null where a node or nobody does.</summary>
    public string? ServedBy { get; }

    /// <summary>The node on which it is answered; null where nobody answers.</summary>
    public string? ServedByNode { get; }

    /// <summary>From where the connection comes in the eyes of who answers: the client, or the node that masqueraded it.</summary>
    public IpPort? SourceSeenByServer { get; }

    /// <summary>How long a packet takes there and back, by the latencies configured between nodes.</summary>
    /// <value>Virtual time, zero or more. Dialling itself does not advance the clock.</value>
    public TimeSpan RoundTripTime { get; }

    /// <summary>What happened, hop by hop, and why.</summary>
    public Trace Trace { get; }

    /// <summary>This connection, if it is established.</summary>
    /// <exception cref="ConnectionFailedException">It is not; the message holds the trace.</exception>
    public Connection EnsureEstablished() => IsEstablished ? this : throw new ConnectionFailedException(Trace);

    /// <summary>
    /// Sends one more packet on the connection, and tells what becomes of it: it goes where the first one went, whatever the Services say now. A connection whose server has gone is
    /// reset or times out; UDP that every machine has forgotten goes to an endpoint of today.
    /// </summary>
    /// <returns>What happened, hop by hop.</returns>
    /// <exception cref="InvalidOperationException">The connection is not established or has been disposed, or the client is a Pod that has gone.</exception>
    public Trace Send() => _handle.Conntrack is null
        ? throw new InvalidOperationException("There is no open connection to send on.")
        : _cluster.Inside(() => _cluster.Dialler.Send(_from, _flow, ref _handle, Trace.Target));

    /// <summary>Closes the connection. A second time, or on one that is not established, does nothing.</summary>
    public void Dispose()
    {
        ConnectionHandle handle = _handle;
        _handle = default;
        _cluster.Close(handle);
    }

    /// <summary>The last line of the trace.</summary>
    public override string ToString() => $"{Trace.Target}: {Outcome}";
}
