using System.Buffers.Binary;
using System.Net;
using KubeSim.Addressing;

namespace KubeSim.KernelTests.Kernel;

/// <summary><c>struct sockaddr_in</c> and <c>sockaddr_in6</c>.</summary>
internal static class SocketAddress
{
    public const int Longest = 28;

    private const int PortAt = 2;
    private const int IPv4At = 4;
    private const int IPv4Length = 16;
    private const int IPv6At = 8;

    /// <summary>Writes an address and says how long it is.</summary>
    public static uint Write(IpPort address, Span<byte> to)
    {
        to.Clear();
        bool isIPv4 = address.Address.IsIPv4;
        BitConverter.TryWriteBytes(to, (ushort)(isIPv4 ? Libc.InterNetwork : Libc.InterNetworkV6));
        BinaryPrimitives.WriteUInt16BigEndian(to[PortAt..], address.Port);
        address.Address.ToIPAddress().TryWriteBytes(to[(isIPv4 ? IPv4At : IPv6At)..], out _);
        return (uint)(isIPv4 ? IPv4Length : Longest);
    }

    public static IpPort Read(ReadOnlySpan<byte> from)
    {
        ReadOnlySpan<byte> address = BitConverter.ToUInt16(from) == Libc.InterNetwork ? from.Slice(IPv4At, 4) : from.Slice(IPv6At, 16);
        return new IpPort(IpAddress.FromIPAddress(new IPAddress(address)), BinaryPrimitives.ReadUInt16BigEndian(from[PortAt..]));
    }
}
