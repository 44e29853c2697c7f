namespace KubeSim.Dns;

/// <summary>What a DNS record holds, and what a question asks for; the numbers are those on the wire. Other numbers may be asked for and are never answered with records.</summary>
public enum DnsRecordType : ushort
{
    /// <summary>No type; never asked for.</summary>
    None = 0,

    /// <summary>An IPv4 address.</summary>
    A = 1,

    /// <summary>A name server of a zone.</summary>
    NS = 2,

    /// <summary>The name that another name stands for.</summary>
    CNAME = 5,

    /// <summary>The beginning of a zone; stands in every answer that says no.</summary>
    SOA = 6,

    /// <summary>The name of an address.</summary>
    PTR = 12,

    /// <summary>A mail server; there is none in a cluster.</summary>
    MX = 15,

    /// <summary>A text.</summary>
    TXT = 16,

    /// <summary>An IPv6 address.</summary>
    AAAA = 28,

    /// <summary>A port and the name of the machine that has it.</summary>
    SRV = 33,

    /// <summary>Whatever there is; CoreDNS answers it with nothing.</summary>
    ANY = 255,
}
