using System.Numerics;

namespace KubeSim.LoadBalancing.Ipvs;

/// <summary>The kernel's hsiphash of one 32-bit word, as 64-bit kernels compute it: SipHash-1-3, folded to 32 bits.</summary>
/// <source>Aumasson and Bernstein, "SipHash: a fast short-input PRF"; linux v6.x, lib/siphash.c: hsiphash_1u32</source>
internal static class HSipHash
{
    private const ulong LengthInTopByte = 4UL << 56;

    public static uint Of(uint word, ulong key0, ulong key1)
    {
        // "somepseudorandomlygeneratedbytes", eight letters each.
        ulong v0 = key0 ^ 0x736F6D6570736575UL;
        ulong v1 = key1 ^ 0x646F72616E646F6DUL;
        ulong v2 = key0 ^ 0x6C7967656E657261UL;
        ulong v3 = key1 ^ 0x7465646279746573UL;
        ulong block = LengthInTopByte | word;
        v3 ^= block;
        Round(ref v0, ref v1, ref v2, ref v3);
        v0 ^= block;
        v2 ^= 0xFF;
        Round(ref v0, ref v1, ref v2, ref v3);
        Round(ref v0, ref v1, ref v2, ref v3);
        Round(ref v0, ref v1, ref v2, ref v3);
        return (uint)((v0 ^ v1 ^ v2 ^ v3) & uint.MaxValue);
    }

    private static void Round(ref ulong v0, ref ulong v1, ref ulong v2, ref ulong v3)
    {
        // Sums wrap on purpose: they are defined modulo 2^64.
        unchecked
        {
            v0 += v1;
            v2 += v3;
            v1 = BitOperations.RotateLeft(v1, 13) ^ v0;
            v3 = BitOperations.RotateLeft(v3, 16) ^ v2;
            v0 = BitOperations.RotateLeft(v0, 32) + v3;
            v2 += v1;
            v3 = BitOperations.RotateLeft(v3, 21) ^ v0;
            v1 = BitOperations.RotateLeft(v1, 17) ^ v2;
            v2 = BitOperations.RotateLeft(v2, 32);
        }
    }
}
