namespace KubeSim.Collections;

/// <summary>Makes lists that are equal by value.</summary>
public static class EquatableArray
{
    /// <summary>A list of these elements; what a collection expression <c>[a, b]</c> calls.</summary>
    public static EquatableArray<T> Create<T>(ReadOnlySpan<T> items) => items.IsEmpty ? default : new(items.ToArray());

    /// <summary>A list of these elements, in their order.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="items"/> is null.</exception>
    public static EquatableArray<T> ToEquatableArray<T>(this IEnumerable<T> items)
    {
        ArgumentNullException.ThrowIfNull(items);
        T[] copy = [.. items];
        return copy.Length == 0 ? default : new(copy);
    }
}
