namespace KubeSim.Dns;

/// <summary>How a DNS server answered; the numbers are those on the wire.</summary>
public enum DnsResponseCode : byte
{
    /// <summary>NOERROR: the name exists. Without records of the type asked for this is called NODATA.</summary>
    NoError = 0,

    /// <summary>SERVFAIL: the server could not find out.</summary>
    ServFail = 2,

    /// <summary>NXDOMAIN: the name does not exist, for no type.</summary>
    NxDomain = 3,

    /// <summary>REFUSED: the server does not answer for such names.</summary>
    Refused = 5,
}
