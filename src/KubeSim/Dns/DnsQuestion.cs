namespace KubeSim.Dns;

/// <summary>A question with what its packet says beside it.</summary>
/// <param name="Name">A complete name without its final dot, checked by <see cref="DnsName"/>; empty for the root.</param>
/// <param name="Type">The type of record asked for.</param>
internal readonly record struct DnsQuestion(string Name, DnsRecordType Type)
{
    private const int SmallestMessage = 512;
    private const int LargestMessage = 65535;

    /// <summary>Whether it is of class IN; no server of a cluster knows another.</summary>
    public bool IsInternet { get; init; } = true;

    /// <summary>Over TCP, or else UDP.</summary>
    public bool IsTcp { get; init; }

    /// <summary>The size of a UDP answer that the client's EDNS record allows; null without EDNS.</summary>
    public int? UdpSize { get; init; }

    /// <summary>Where the packet comes from, as text; null where nobody looks.</summary>
    public string? Client { get; init; }

    /// <summary>The serial number of the copy that a secondary server has, in a question for an incremental transfer.</summary>
    public long Serial { get; init; }

    /// <summary>The octets that the answer may take.</summary>
    public int MostOctets => IsTcp ? LargestMessage : Math.Max(UdpSize ?? SmallestMessage, SmallestMessage);
}
