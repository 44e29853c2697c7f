using System.Diagnostics.CodeAnalysis;
using KubeSim.Collections;

namespace KubeSim.Api;

/// <summary>The name of an object within its namespace. Sorts by namespace, then by name, in ordinal order.</summary>
/// <param name="Namespace">The namespace; empty for objects of the cluster itself, such as Nodes.</param>
/// <param name="Name">The object's name.</param>
public readonly record struct NamespacedName(string Namespace, string Name) : IComparable<NamespacedName>
{
    /// <summary>Reads <c>namespace/name</c>, or a name alone for an object of the cluster itself or of the namespace <c>default</c>.</summary>
    /// <exception cref="ArgumentException"><paramref name="text"/> is null, empty, or has more than one slash or an empty part.</exception>
    public static NamespacedName Parse(string text)
    {
        ArgumentException.ThrowIfNullOrEmpty(text);
        return text.Split('/') switch
        {
            [{ Length: > 0 } name] => new("", name),
            [{ Length: > 0 } space, { Length: > 0 } name] => new(space, name),
            _ => throw new ArgumentException($"'{Excerpt.Of(text)}' is not a name such as 'default/web' or 'node-1'.", nameof(text)),
        };
    }

    /// <inheritdoc/>
    public int CompareTo(NamespacedName other)
    {
        int space = string.CompareOrdinal(Namespace, other.Namespace);
        return space != 0 ? space : string.CompareOrdinal(Name, other.Name);
    }

    /// <summary><c>namespace/name</c>, or the name alone.</summary>
    public override string ToString() => string.IsNullOrEmpty(Namespace) ? Name : $"{Namespace}/{Name}";

    /// <summary>Reads <c>namespace/name</c> or a name alone.</summary>
    /// <exception cref="ArgumentException"><paramref name="text"/> is no such name.</exception>
    [SuppressMessage("Usage", "CA2225", Justification = "Parse is the named alternate.")]
    public static implicit operator NamespacedName(string text) => Parse(text);

    /// <summary>Whether the left one sorts before the right one.</summary>
    public static bool operator <(NamespacedName left, NamespacedName right) => left.CompareTo(right) < 0;

    /// <summary>Whether the left one sorts behind the right one.</summary>
    public static bool operator >(NamespacedName left, NamespacedName right) => left.CompareTo(right) > 0;

    /// <summary>Whether the left one does not sort behind the right one.</summary>
    public static bool operator <=(NamespacedName left, NamespacedName right) => left.CompareTo(right) <= 0;

    /// <summary>Whether the left one does not sort before the right one.</summary>
    public static bool operator >=(NamespacedName left, NamespacedName right) => left.CompareTo(right) >= 0;
}
