using System.Collections;
using System.Collections.Immutable;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace KubeSim.Collections;

/// <summary>An immutable list that is equal to another when their elements are, in order. The default value is empty.</summary>
/// <typeparam name="T">What it holds; compared with its own equality.</typeparam>
[CollectionBuilder(typeof(EquatableArray), nameof(EquatableArray.Create))]
public readonly struct EquatableArray<T> : IEquatable<EquatableArray<T>>, IReadOnlyList<T>
{
    private readonly T[]? _items;

    /// <summary>Takes the array over without a copy; nobody may change it afterwards.</summary>
    internal EquatableArray(T[] items) => _items = items;

    /// <summary>The list without elements.</summary>
    public static EquatableArray<T> Empty => default;

    /// <summary>How many elements there are.</summary>
    /// <value>0 or more.</value>
    public int Length => _items is null ? 0 : _items.Length;

    /// <summary>Whether there is no element.</summary>
    public bool IsEmpty => Length == 0;

    /// <inheritdoc/>
    int IReadOnlyCollection<T>.Count => Length;

    /// <summary>The element at a place.</summary>
    /// <param name="index">0 up to but not including <see cref="Length"/>.</param>
    /// <exception cref="IndexOutOfRangeException">There is no such place.</exception>
    public T this[int index] => (_items ?? [])[index];

    /// <summary>The elements, without a copy.</summary>
    public ReadOnlySpan<T> AsSpan() => _items;

    /// <summary>The elements as the class library's immutable list, without a copy.</summary>
    public ImmutableArray<T> ToImmutableArray() => ImmutableCollectionsMarshal.AsImmutableArray(_items ?? []);

    /// <summary>A list with one element more at the end.</summary>
    public EquatableArray<T> Add(T item) => new([.. AsSpan(), item]);

    /// <summary>A list with another element at a place.</summary>
    /// <param name="index">0 up to but not including <see cref="Length"/>.</param>
    /// <param name="item">The new element.</param>
    /// <exception cref="IndexOutOfRangeException">There is no such place.</exception>
    public EquatableArray<T> SetItem(int index, T item)
    {
        T[] copy = AsSpan().ToArray();
        copy[index] = item;
        return new(copy);
    }

    /// <summary>A list without the element at a place.</summary>
    /// <param name="index">0 up to but not including <see cref="Length"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such place.</exception>
    public EquatableArray<T> RemoveAt(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Length);
        return new([.. AsSpan()[..index], .. AsSpan()[(index + 1)..]]);
    }

    /// <summary>Whether both hold equal elements in the same order.</summary>
    public bool Equals(EquatableArray<T> other) =>
        ReferenceEquals(_items, other._items) || AsSpan().SequenceEqual(other.AsSpan(), EqualityComparer<T>.Default);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is EquatableArray<T> other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        uint hash = 0;
        foreach (T item in AsSpan())
        {
            hash = BitOperations.Crc32C(hash, (uint)((item?.GetHashCode() ?? 0) & int.MaxValue));
        }

        return (int)(hash & int.MaxValue);
    }

    /// <summary>The elements between brackets, for messages.</summary>
    public override string ToString() => "[" + string.Join(", ", this) + "]";

    /// <summary>Goes through the elements without allocating.</summary>
    public ReadOnlySpan<T>.Enumerator GetEnumerator() => AsSpan().GetEnumerator();

    IEnumerator<T> IEnumerable<T>.GetEnumerator() => ((IEnumerable<T>)(_items ?? [])).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => (_items ?? []).GetEnumerator();

    /// <summary>Whether both hold equal elements in the same order.</summary>
    public static bool operator ==(EquatableArray<T> left, EquatableArray<T> right) => left.Equals(right);

    /// <summary>Whether they differ in an element, in the order or in length.</summary>
    public static bool operator !=(EquatableArray<T> left, EquatableArray<T> right) => !left.Equals(right);
}
