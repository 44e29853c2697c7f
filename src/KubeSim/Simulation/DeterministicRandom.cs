using System.Numerics;
using System.Runtime.CompilerServices;

namespace KubeSim.Simulation;

/// <summary>
/// A generator whose stream depends on its seed alone: xoshiro256**, seeded by splitmix64. The same seed gives the same
/// numbers on every machine. Not for secrets, and for one thread at a time.
/// </summary>
/// <source>Blackman and Vigna, "Scrambled linear pseudorandom number generators"; Lemire, "Fast random integer generation in an interval"</source>
public sealed class DeterministicRandom
{
    // Arithmetic wraps on purpose throughout: the algorithms are defined modulo 2^64.
    private readonly ulong _seed;
    private ulong _s0;
    private ulong _s1;
    private ulong _s2;
    private ulong _s3;

    /// <summary>Starts the stream of a seed.</summary>
    /// <param name="seed">Any value; near seeds give unrelated streams.</param>
    public DeterministicRandom(ulong seed)
    {
        _seed = seed;
        _s0 = SplitMix(ref seed);
        _s1 = SplitMix(ref seed);
        _s2 = SplitMix(ref seed);
        _s3 = SplitMix(ref seed);
    }

    /// <summary>
    /// A generator of its own for one concern. It depends on the seed this one was made with and on the name, not on what
    /// has been drawn, so that one consumer more does not shift the others; the fork of a fork depends on both names in order.
    /// </summary>
    /// <param name="name">Which concern, for example <c>proxy/node-1</c>; the same name gives the same stream from its start.</param>
    /// <exception cref="ArgumentException"><paramref name="name"/> is empty or null.</exception>
    public DeterministicRandom Fork(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        StableHash hash = default;
        hash.Add(_seed);
        hash.Add(name);
        return new DeterministicRandom(hash.ToUInt64());
    }

    /// <summary>The next 64 bits, each value equally likely.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong NextUInt64()
    {
        ulong s1 = _s1;
        ulong s2 = _s2 ^ _s0;
        ulong s3 = _s3 ^ s1;
        ulong result = unchecked(BitOperations.RotateLeft(s1 * 5, 7) * 9);
        _s1 = s1 ^ s2;
        _s0 ^= s3;
        _s2 = s2 ^ (s1 << 17);
        _s3 = BitOperations.RotateLeft(s3, 45);
        return result;
    }

    /// <summary>A number from 0 up to but not including the bound, each equally likely.</summary>
    /// <param name="exclusiveBound">1 to <see cref="int.MaxValue"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="exclusiveBound"/> is zero or negative.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int NextInt32(int exclusiveBound)
    {
        if (exclusiveBound <= 0)
        {
            ThrowBound(exclusiveBound);
        }

        ulong product = unchecked((NextUInt64() >> 32) * (uint)exclusiveBound);
        if ((uint)(product & uint.MaxValue) < (uint)exclusiveBound)
        {
            product = Unbiased(product, (uint)exclusiveBound);
        }

        return unchecked((int)(product >> 32));
    }

    /// <summary>A number from 0 up to but not including the bound, each equally likely.</summary>
    /// <param name="exclusiveBound">1 to <see cref="long.MaxValue"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="exclusiveBound"/> is zero or negative.</exception>
    public long NextInt64(long exclusiveBound)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(exclusiveBound);
        ulong bound = (ulong)exclusiveBound;
        ulong high = Math.BigMul(NextUInt64(), bound, out ulong low);
        if (low < bound)
        {
            ulong threshold = unchecked(0 - bound) % bound;
            while (low < threshold)
            {
                high = Math.BigMul(NextUInt64(), bound, out low);
            }
        }

        return (long)high;
    }

    /// <summary>True or false, equally likely.</summary>
    public bool NextBoolean() => NextUInt64() >> 63 != 0;

    /// <summary>Fills the destination with letters drawn from the alphabet, one draw each.</summary>
    /// <param name="destination">What to fill; may be empty.</param>
    /// <param name="alphabet">At least one letter; a letter that stands twice is twice as likely.</param>
    /// <exception cref="ArgumentException"><paramref name="alphabet"/> is empty.</exception>
    public void Fill(Span<char> destination, ReadOnlySpan<char> alphabet)
    {
        if (alphabet.IsEmpty)
        {
            throw new ArgumentException("The alphabet has no letters.", nameof(alphabet));
        }

        foreach (ref char letter in destination)
        {
            letter = alphabet[NextInt32(alphabet.Length)];
        }
    }

    /// <summary>The place in the stream, for <see cref="Restore"/>.</summary>
    internal RandomState Save() => new(_s0, _s1, _s2, _s3);

    /// <summary>Goes to a place in the stream; forks are not affected.</summary>
    internal void Restore(RandomState state) => (_s0, _s1, _s2, _s3) = (state.S0, state.S1, state.S2, state.S3);

    private static ulong SplitMix(ref ulong state)
    {
        unchecked
        {
            ulong z = state += 0x9E3779B97F4A7C15UL;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
            return z ^ (z >> 31);
        }
    }

    private static void ThrowBound(int exclusiveBound) =>
        throw new ArgumentOutOfRangeException(nameof(exclusiveBound), exclusiveBound, "The bound must be at least 1.");

    /// <summary>The rare second half of the bounded draw: discards the draws that would make low numbers likelier.</summary>
    private ulong Unbiased(ulong product, uint bound)
    {
        uint threshold = unchecked(0 - bound) % bound;
        while ((uint)(product & uint.MaxValue) < threshold)
        {
            product = unchecked((NextUInt64() >> 32) * bound);
        }

        return product;
    }
}
