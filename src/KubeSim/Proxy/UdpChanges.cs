namespace KubeSim.Proxy;

/// <summary>Address families in which slices with a UDP port have changed: their stale flows are looked for after the next sync.</summary>
[Flags]
internal enum UdpChanges
{
    None = 0,
    IPv4 = 1,
    IPv6 = 2,
}
