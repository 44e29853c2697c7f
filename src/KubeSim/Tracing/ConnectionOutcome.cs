namespace KubeSim.Tracing;

/// <summary>How an attempt to connect ended.</summary>
public enum ConnectionOutcome
{
    /// <summary>The server answered.</summary>
    Established,

    /// <summary>Somebody answered that there is nothing: a TCP reset or an ICMP port unreachable.</summary>
    Refused,

    /// <summary>Nobody answered: the packet was dropped on its way.</summary>
    TimedOut,

    /// <summary>The packet had no way to go.</summary>
    NoRoute,

    /// <summary>The name has no address.</summary>
    NameNotResolved,

    /// <summary>A connection that was open is broken: the other side does not know it any more.</summary>
    Reset,
}
