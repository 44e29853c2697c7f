using KubeSim.Collections;

namespace KubeSim.ApiServer.Defaulting;

/// <summary>Defaults of lists.</summary>
internal static class Lists
{
    /// <summary>The list with every element completed; the same list where each was complete.</summary>
    /// <param name="list">What to complete.</param>
    /// <param name="complete">Gives an element back as the same instance where it is complete.</param>
    /// <param name="state">What <paramref name="complete"/> is given besides.</param>
    internal static EquatableArray<T> Complete<T, TState>(this EquatableArray<T> list, Func<T, TState, T> complete, TState state)
        where T : class
    {
        T[]? copy = null;
        for (int i = 0; i < list.Length; i++)
        {
            T completed = complete(list[i], state);
            if (!ReferenceEquals(completed, list[i]))
            {
                copy ??= list.AsSpan().ToArray();
                copy[i] = completed;
            }
        }

        return copy is null ? list : new EquatableArray<T>(copy);
    }
}
