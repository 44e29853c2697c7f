using KubeSim.Addressing;

namespace KubeSim.LoadBalancing.Ipvs;

/// <summary>How the hashing schedulers make an address small.</summary>
internal static class AddressHash
{
    /// <summary>How many buckets sh and dh have.</summary>
    public const int Buckets = 256;

    private const ulong GoldenRatio = 0x61C88647;
    private const int BucketShift = 24;

    /// <summary>An IPv4 address as its number; an IPv6 address as the exclusive or of its four words.</summary>
    public static uint Fold(IpAddress address)
    {
        UInt128 value = address.Value;
        ulong halves = (ulong)(value >> 64) ^ (ulong)(value & ulong.MaxValue);
        return (uint)(halves >> 32) ^ (uint)(halves & uint.MaxValue);
    }

    /// <summary>The bucket of an address, 0 to 255: the high byte of its product with the golden ratio.</summary>
    /// <remarks>Until Linux 4.18 it was the low byte of another product, which is a function of the address' last byte alone.</remarks>
    /// <source>linux v6.x, include/linux/hash.h: hash_32; net/netfilter/ipvs/ip_vs_sh.c, ip_vs_dh.c</source>
    public static int Bucket(IpAddress address) => (int)((Fold(address) * GoldenRatio & uint.MaxValue) >> BucketShift);
}
