using System.Diagnostics.CodeAnalysis;
using System.Numerics;

namespace KubeSim.Collections;

/// <summary>
/// An immutable map: a change copies the few nodes on the way to one entry and shares the rest. The caller gives each key's
/// hash, which must be the same in every process; it decides the order of enumeration.
/// </summary>
internal sealed class PersistentMap<TKey, TValue>
    where TKey : IEquatable<TKey>
{
    // A trie over the hash, five bits a level; a slot holds a branch or a leaf, and a bit says whether it is there.
    private const int Bits = 5;

    private readonly Branch _root;

    private PersistentMap(Branch root, int count)
    {
        _root = root;
        Count = count;
    }

    public static PersistentMap<TKey, TValue> Empty { get; } = new(new Branch(0, []), 0);

    public int Count { get; }

    public bool TryGet(ulong hash, in TKey key, [MaybeNullWhen(false)] out TValue value)
    {
        Branch branch = _root;
        for (int shift = 0; ; shift += Bits)
        {
            uint bit = Bit(hash, shift);
            if ((branch.Bitmap & bit) == 0)
            {
                break;
            }

            object slot = branch.Slots[Place(branch.Bitmap, bit)];
            if (slot is not Leaf leaf)
            {
                branch = (Branch)slot;
                continue;
            }

            for (Leaf? candidate = leaf; candidate is not null; candidate = candidate.Next)
            {
                if (candidate.Hash == hash && candidate.Key.Equals(key))
                {
                    value = candidate.Value;
                    return true;
                }
            }

            break;
        }

        value = default;
        return false;
    }

    public PersistentMap<TKey, TValue> Set(ulong hash, TKey key, TValue value) => Set(hash, key, value, null);

    /// <summary>The same for many changes in a row: branches that were made for this owner are changed where they stand.</summary>
    /// <param name="hash">The key's hash.</param>
    /// <param name="key">The key.</param>
    /// <param name="value">What it has from now on.</param>
    /// <param name="owner">Whoever makes the changes. It must not use maps that it has left behind, and nobody else may have seen them.</param>
    public PersistentMap<TKey, TValue> Set(ulong hash, TKey key, TValue value, object? owner)
    {
        bool added = true;
        Branch root = Set(_root, 0, new Leaf(hash, key, value, null), owner, ref added);
        return new(root, added ? Count + 1 : Count);
    }

    /// <summary>The map without the key; itself where the key is not in it.</summary>
    public PersistentMap<TKey, TValue> Remove(ulong hash, in TKey key) =>
        TryGet(hash, key, out _) ? new(Remove(_root, 0, hash, key) as Branch ?? Empty._root, Count - 1) : this;

    /// <summary>Every entry, in the order of the hashes' bits.</summary>
    public IEnumerable<KeyValuePair<TKey, TValue>> Entries()
    {
        var open = new Stack<object>([_root]);
        while (open.TryPop(out object? slot))
        {
            if (slot is Branch branch)
            {
                for (int i = branch.Slots.Length - 1; i >= 0; i--)
                {
                    open.Push(branch.Slots[i]);
                }

                continue;
            }

            for (Leaf? leaf = (Leaf)slot; leaf is not null; leaf = leaf.Next)
            {
                yield return new(leaf.Key, leaf.Value);
            }
        }
    }

    private static uint Bit(ulong hash, int shift) => 1u << (int)((hash >> shift) & 31);

    private static int Place(uint bitmap, uint bit) => BitOperations.PopCount(bitmap & (bit - 1));

    private static Branch Set(Branch branch, int shift, Leaf added, object? owner, ref bool isNew)
    {
        uint bit = Bit(added.Hash, shift);
        int place = Place(branch.Bitmap, bit);
        if ((branch.Bitmap & bit) == 0)
        {
            return new(branch.Bitmap | bit, [.. branch.Slots.AsSpan(0, place), added, .. branch.Slots.AsSpan(place)], owner);
        }

        bool isOwn = owner is not null && ReferenceEquals(branch.Owner, owner);
        object[] slots = isOwn ? branch.Slots : branch.Slots.AsSpan().ToArray();
        slots[place] = slots[place] switch
        {
            Branch below => Set(below, shift + Bits, added, owner, ref isNew),
            Leaf leaf when leaf.Hash == added.Hash => Chained(leaf, added, ref isNew),
            var leaf => Split((Leaf)leaf, added, shift + Bits, owner),
        };
        return isOwn ? branch : new(branch.Bitmap, slots, owner);
    }

    /// <summary>Puts the leaf at the head of the chain of leaves with its hash, in place of one with its key.</summary>
    private static Leaf Chained(Leaf chain, Leaf added, ref bool isNew)
    {
        Leaf? rest = Without(chain, added.Key, out bool found);
        isNew = !found;
        return new(added.Hash, added.Key, added.Value, rest);
    }

    private static Branch Split(Leaf first, Leaf second, int shift, object? owner)
    {
        // Different hashes differ within 64 bits, so this ends.
        uint bitOfFirst = Bit(first.Hash, shift);
        uint bitOfSecond = Bit(second.Hash, shift);
        if (bitOfFirst == bitOfSecond)
        {
            return new(bitOfFirst, [Split(first, second, shift + Bits, owner)], owner);
        }

        return new(bitOfFirst | bitOfSecond, bitOfFirst < bitOfSecond ? [first, second] : [second, first], owner);
    }

    /// <summary>What is left of a branch whose map has the key: a branch, a single leaf that moves up, or nothing.</summary>
    private static object? Remove(Branch branch, int shift, ulong hash, in TKey key)
    {
        uint bit = Bit(hash, shift);
        int place = Place(branch.Bitmap, bit);
        object? left = branch.Slots[place] is Branch below
            ? Remove(below, shift + Bits, hash, key)
            : Without((Leaf)branch.Slots[place], key, out _);
        if (left is null)
        {
            if (branch.Slots.Length == 1)
            {
                return null;
            }

            if (branch.Slots.Length == 2 && shift > 0 && branch.Slots[1 - place] is Leaf alone)
            {
                return alone;
            }

            return new Branch(branch.Bitmap & ~bit, [.. branch.Slots.AsSpan(0, place), .. branch.Slots.AsSpan(place + 1)]);
        }

        if (branch.Slots.Length == 1 && shift > 0 && left is Leaf)
        {
            return left;
        }

        object[] slots = branch.Slots.AsSpan().ToArray();
        slots[place] = left;
        return new Branch(branch.Bitmap, slots);
    }

    private static Leaf? Without(Leaf? chain, in TKey key, out bool found)
    {
        found = false;
        if (chain is null)
        {
            return null;
        }

        if (chain.Key.Equals(key))
        {
            found = true;
            return chain.Next;
        }

        Leaf? rest = Without(chain.Next, key, out found);
        return found ? new(chain.Hash, chain.Key, chain.Value, rest) : chain;
    }

    private sealed class Branch(uint bitmap, object[] slots, object? owner = null)
    {
        internal readonly object? Owner = owner;
        internal readonly uint Bitmap = bitmap;
        internal readonly object[] Slots = slots;
    }

    private sealed class Leaf(ulong hash, TKey key, TValue value, Leaf? next)
    {
        internal readonly ulong Hash = hash;
        internal readonly TKey Key = key;
        internal readonly TValue Value = value;
        internal readonly Leaf? Next = next;
    }
}
