namespace KubeSim.Api;

/// <summary>What carries the traffic of a port. The values that Kubernetes knows; others are kept and refused by the API server.</summary>
public static class Protocol
{
    /// <summary>Transmission Control Protocol.</summary>
    public const string TCP = "TCP";

    /// <summary>User Datagram Protocol.</summary>
    public const string UDP = "UDP";

    /// <summary>Stream Control Transmission Protocol.</summary>
    public const string SCTP = "SCTP";
}
