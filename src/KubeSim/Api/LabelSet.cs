using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using KubeSim.Collections;

namespace KubeSim.Api;

/// <summary>Labels, annotations or an equality selector: an immutable map of texts, sorted by key, equal by value. The default value is empty.</summary>
[CollectionBuilder(typeof(LabelSet), nameof(Create))]
public readonly record struct LabelSet : IReadOnlyCollection<Label>
{
    private readonly EquatableArray<Label> _sorted;

    private LabelSet(EquatableArray<Label> sorted) => _sorted = sorted;

    /// <summary>How many labels there are.</summary>
    public int Count => _sorted.Length;

    /// <summary>Whether there is none.</summary>
    public bool IsEmpty => _sorted.IsEmpty;

    /// <summary>Whether it is not there at all, as opposed to <c>{}</c>. Equality does not tell the two apart; a selector of a Service does, before it is stored.</summary>
    internal bool IsAbsent => _sorted.IsDefault;

    /// <summary>The value of a key, or null.</summary>
    public string? this[string key] => IndexOf(key) is >= 0 and var index ? _sorted[index].Value : null;

    /// <summary>A set of these labels; of one key given twice the later value counts. What a collection expression calls.</summary>
    /// <exception cref="ArgumentException">A key or a value is null.</exception>
    public static LabelSet Create(ReadOnlySpan<Label> labels)
    {
        var sorted = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (Label label in labels)
        {
            if (label.Key is null || label.Value is null)
            {
                throw new ArgumentException($"The label '{Excerpt.Of(label.Key)}' has no {(label.Key is null ? "key" : "value")}.", nameof(labels));
            }

            sorted[label.Key] = label.Value;
        }

        return Of(sorted);
    }

    /// <summary>A set of the one label.</summary>
    public static LabelSet Of(string key, string value) => Create([new Label(key, value)]);

    /// <summary>Reads <c>app=web,tier=front</c>; an empty text is an empty set.</summary>
    /// <exception cref="FormatException">A part has no <c>=</c>, or an empty key.</exception>
    public static LabelSet Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var labels = new List<Label>();
        foreach (string part in text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            int equals = part.IndexOf('=', StringComparison.Ordinal);
            labels.Add(equals > 0 ? new(part[..equals].Trim(), part[(equals + 1)..].Trim()) : throw new FormatException($"'{Excerpt.Of(part)}' in '{Excerpt.Of(text)}' is not a label such as app=web."));
        }

        return Create([.. labels]);
    }

    /// <summary>Whether the key is there.</summary>
    public bool ContainsKey(string key) => IndexOf(key) >= 0;

    /// <summary>Looks a key up.</summary>
    public bool TryGetValue(string key, [NotNullWhen(true)] out string? value) => (value = this[key]) is not null;

    /// <summary>Whether every label of this set is also in the other one with the same value: this set as a selector matches the other.</summary>
    public bool IsSubsetOf(LabelSet other)
    {
        if (Count > other.Count)
        {
            return false;
        }

        int place = 0;
        foreach (Label label in _sorted)
        {
            int order = -1;
            while (place < other.Count && (order = string.CompareOrdinal(other._sorted[place].Key, label.Key)) < 0)
            {
                place++;
            }

            if (place == other.Count || order != 0 || other._sorted[place++].Value != label.Value)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The set with a label more, or with another value for its key.</summary>
    public LabelSet With(string key, string value) => Create([.. _sorted, new Label(key, value)]);

    /// <summary>The set without a key.</summary>
    public LabelSet Without(string key) => IndexOf(key) is >= 0 and var index ? new(_sorted.RemoveAt(index)) : this;

    /// <summary><c>app=web,tier=front</c>; empty for an empty set.</summary>
    public override string ToString() => string.Join(',', _sorted.Select(label => $"{label.Key}={label.Value}"));

    /// <summary>Goes through the labels in the order of their keys, without allocating.</summary>
    public ReadOnlySpan<Label>.Enumerator GetEnumerator() => _sorted.GetEnumerator();

    IEnumerator<Label> IEnumerable<Label>.GetEnumerator() => ((IEnumerable<Label>)_sorted).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => ((IEnumerable)_sorted).GetEnumerator();

    /// <summary>The set <c>{}</c>.</summary>
    internal static LabelSet PresentAndEmpty { get; } = new(EquatableArray<Label>.PresentAndEmpty);

    internal static LabelSet Of(SortedDictionary<string, string> sorted) =>
        sorted.Count == 0 ? default : new(sorted.Select(pair => new Label(pair.Key, pair.Value)).ToEquatableArray());

    private int IndexOf(string key)
    {
        int low = 0;
        int high = _sorted.Length - 1;
        while (low <= high)
        {
            int middle = (low + high) / 2;
            int order = string.CompareOrdinal(_sorted[middle].Key, key);
            if (order == 0)
            {
                return middle;
            }

            if (order < 0)
            {
                low = middle + 1;
            }
            else
            {
                high = middle - 1;
            }
        }

        return -1;
    }
}
