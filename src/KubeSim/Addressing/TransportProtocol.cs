namespace KubeSim.Addressing;

/// <summary>What carries the data of a flow.</summary>
public enum TransportProtocol : byte
{
    /// <summary>Transmission Control Protocol: connections; a closed port answers with a reset.</summary>
    Tcp,

    /// <summary>User Datagram Protocol: single datagrams; a closed port answers with an ICMP message.</summary>
    Udp,

    /// <summary>Stream Control Transmission Protocol.</summary>
    Sctp,
}
