namespace KubeSim.Api;

/// <summary>A family of addresses, also the address type of an EndpointSlice. The values that Kubernetes knows; others are kept and refused by the API server.</summary>
public static class IPFamily
{
    /// <summary>32-bit addresses.</summary>
    public const string IPv4 = "IPv4";

    /// <summary>128-bit addresses.</summary>
    public const string IPv6 = "IPv6";
}
