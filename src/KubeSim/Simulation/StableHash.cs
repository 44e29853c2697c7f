using System.Buffers.Binary;
using System.Numerics;

namespace KubeSim.Simulation;

/// <summary>
/// A 64-bit hash that is the same in every process, culture and byte order. Each piece is mixed in by folding a 128-bit
/// product; texts carry their length, so that "a" + "bc" differs from "ab" + "c". Not for secrets. The default value is ready to use.
/// </summary>
internal struct StableHash
{
    // Arithmetic wraps on purpose throughout: that is what mixes. The constants are digits of the golden ratio and of pi.
    private const ulong K0 = 0x9E3779B97F4A7C15UL;
    private const ulong K1 = 0x243F6A8885A308D3UL;
    private const ulong K2 = 0x13198A2E03707345UL;
    private const int CharsPerWord = 4;

    private ulong _state;

    public static ulong Of(ReadOnlySpan<char> text)
    {
        StableHash hash = default;
        hash.Add(text);
        return hash.ToUInt64();
    }

    public void Add(ulong value)
    {
        ulong state = _state;
        ulong high = Math.BigMul(state ^ K0, value ^ K1, out ulong low);

        // The rotated state and the value themselves keep both alive where one factor happens to be zero.
        _state = unchecked((high ^ low) + (BitOperations.RotateLeft(state, 23) ^ (value * K2)));
    }

    public void Add(long value) => Add(unchecked((ulong)value));

    public void Add(scoped ReadOnlySpan<char> text)
    {
        Add((ulong)text.Length);
        while (text.Length >= CharsPerWord)
        {
            Add(text[0] | ((ulong)text[1] << 16) | ((ulong)text[2] << 32) | ((ulong)text[3] << 48));
            text = text[CharsPerWord..];
        }

        if (!text.IsEmpty)
        {
            ulong word = 0;
            for (int i = 0; i < text.Length; i++)
            {
                word |= (ulong)text[i] << (16 * i);
            }

            Add(word);
        }
    }

    public void Add(scoped ReadOnlySpan<byte> bytes)
    {
        Add((ulong)bytes.Length);
        while (bytes.Length >= sizeof(ulong))
        {
            Add(BinaryPrimitives.ReadUInt64LittleEndian(bytes));
            bytes = bytes[sizeof(ulong)..];
        }

        if (!bytes.IsEmpty)
        {
            ulong word = 0;
            for (int i = 0; i < bytes.Length; i++)
            {
                word |= (ulong)bytes[i] << (8 * i);
            }

            Add(word);
        }
    }

    public readonly ulong ToUInt64()
    {
        ulong high = Math.BigMul(_state ^ K1, K0, out ulong low);
        ulong mixed = high ^ low;
        mixed = unchecked((mixed ^ (mixed >> 32)) * K0);
        return mixed ^ (mixed >> 29);
    }
}
