using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using KubeSim.Collections;

namespace KubeSim.Api;

/// <summary>
/// An immutable JSON value: what is kept of an object beyond its typed fields, and the whole of an object of a kind that is not
/// modelled. Equal to another when both say the same; the order of an object's members does not count, numbers compare as written.
/// </summary>
public sealed class JsonValue : IEquatable<JsonValue>
{
    private readonly string? _text;

    private JsonValue(JsonValueKind kind, string? text, EquatableArray<JsonValue> items, EquatableArray<JsonField> fields)
    {
        Kind = kind;
        _text = text;
        Items = items;
        Fields = fields;
    }

    /// <summary>The JSON value <c>null</c>.</summary>
    public static JsonValue Null { get; } = new(JsonValueKind.Null, "null", default, default);

    /// <summary>What kind of value this is; never <see cref="JsonValueKind.Undefined"/>.</summary>
    public JsonValueKind Kind { get; }

    /// <summary>The elements of a list; empty for every other kind.</summary>
    public EquatableArray<JsonValue> Items { get; }

    /// <summary>The members of an object in their order; empty for every other kind.</summary>
    public EquatableArray<JsonField> Fields { get; }

    /// <summary>A string's characters, a number's digits as written, <c>true</c>, <c>false</c> or <c>null</c>; null for lists and objects.</summary>
    public string? Text => _text;

    /// <summary>The line of the document it was read from.</summary>
    /// <value>1 or more; 0 where it was not read from a document.</value>
    internal int Line { get; private init; }

    /// <summary>The column of the document it was read from.</summary>
    /// <value>1 or more; 0 where it was not read from a document.</value>
    internal int Column { get; private init; }

    /// <summary>The member of that name, or null.</summary>
    public JsonValue? this[string name]
    {
        get
        {
            foreach (JsonField field in Fields)
            {
                if (field.Name == name)
                {
                    return field.Value;
                }
            }

            return null;
        }
    }

    /// <summary>Reads JSON, for example a merge patch: <c>{"spec":{"replicas":3}}</c>. Numbers stay as written; comments and trailing commas are not JSON.</summary>
    /// <param name="json">One JSON value, of at most 100 levels.</param>
    /// <exception cref="ArgumentNullException"><paramref name="json"/> is null.</exception>
    /// <exception cref="FormatException">It is no JSON, goes deeper, or an object has two members of the same name; the message says where.</exception>
    public static JsonValue Parse(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        return JsonText.Read(json);
    }

    /// <summary>A string.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="text"/> is null.</exception>
    public static JsonValue OfText(string text) => new(JsonValueKind.String, text ?? throw new ArgumentNullException(nameof(text)), default, default);

    /// <summary>A whole number.</summary>
    public static JsonValue OfNumber(long number) => new(JsonValueKind.Number, number.ToString(CultureInfo.InvariantCulture), default, default);

    /// <summary><c>true</c> or <c>false</c>.</summary>
    public static JsonValue OfBoolean(bool value) => new(value ? JsonValueKind.True : JsonValueKind.False, value ? "true" : "false", default, default);

    /// <summary>A list.</summary>
    /// <exception cref="ArgumentException">An element is null; JSON's null is <see cref="Null"/>.</exception>
    public static JsonValue OfList(EquatableArray<JsonValue> items) => items.AsSpan().Contains(null!)
        ? throw new ArgumentException("An element is null; JSON's null is JsonValue.Null.", nameof(items))
        : new(JsonValueKind.Array, null, items, default);

    /// <summary>An object.</summary>
    /// <exception cref="ArgumentException">Two members have the same name, or a name or value is null; JSON's null is <see cref="Null"/>.</exception>
    public static JsonValue OfObject(EquatableArray<JsonField> fields)
    {
        var names = new HashSet<string>(fields.Length, StringComparer.Ordinal);
        foreach (JsonField field in fields)
        {
            if (field.Name is null || field.Value is null)
            {
                throw new ArgumentException(field.Name is null ? "A member has no name." : $"The member '{Excerpt.Of(field.Name)}' is null; JSON's null is JsonValue.Null.", nameof(fields));
            }

            if (!names.Add(field.Name))
            {
                throw new ArgumentException($"The member '{Excerpt.Of(field.Name)}' stands twice.", nameof(fields));
            }
        }

        return new(JsonValueKind.Object, null, default, fields);
    }

    /// <summary>A number spelled as JSON spells it, kept to the digit.</summary>
    internal static JsonValue OfNumberText(string digits) => new(JsonValueKind.Number, digits, default, default);

    /// <summary>A string, a number as JSON spells it, <c>true</c>, <c>false</c> or <c>null</c>, remembering where it was read.</summary>
    internal static JsonValue ReadText(JsonValueKind kind, string text, int line, int column) => new(kind, text, default, default) { Line = line, Column = column };

    /// <summary>A list, remembering where it was read.</summary>
    internal static JsonValue ReadList(List<JsonValue> items, int line, int column) => new(JsonValueKind.Array, null, [.. items], default) { Line = line, Column = column };

    /// <summary>An object of members with different names, remembering where it was read.</summary>
    internal static JsonValue ReadObject(List<JsonField> fields, int line, int column) => new(JsonValueKind.Object, null, default, [.. fields]) { Line = line, Column = column };

    /// <summary>Whether this is <c>null</c>.</summary>
    internal bool IsNull => Kind == JsonValueKind.Null;

    /// <summary>The value as a whole number; false for every other kind and for numbers with a fraction or out of range.</summary>
    internal bool TryGetNumber(out long number)
    {
        number = 0;
        return Kind == JsonValueKind.Number && long.TryParse(_text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number);
    }

    /// <inheritdoc/>
    public bool Equals([NotNullWhen(true)] JsonValue? other)
    {
        if (ReferenceEquals(this, other))
        {
            return true;
        }

        return other is not null && Kind == other.Kind && _text == other._text && Items == other.Items && SaySame(Fields, other.Fields);
    }

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as JsonValue);

    /// <inheritdoc/>
    public override int GetHashCode() => (int)Kind ^ Items.GetHashCode() ^ (_text is null ? 0 : StringComparer.Ordinal.GetHashCode(_text)) ^ HashOf(Fields);

    /// <summary>Whether two objects have equal members, in whatever order.</summary>
    internal static bool SaySame(EquatableArray<JsonField> left, EquatableArray<JsonField> right)
    {
        if (left.Length != right.Length)
        {
            return false;
        }

        // Members mostly stand in the same order; looking each one up would cost the square of their number.
        Dictionary<string, JsonValue>? byName = null;
        for (int i = 0; i < left.Length; i++)
        {
            JsonField field = left[i];
            JsonValue? counterpart = right[i].Name == field.Name ? right[i].Value : (byName ??= ByName(right)).GetValueOrDefault(field.Name);
            if (!field.Value.Equals(counterpart))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>A hash of an object's members that does not depend on their order.</summary>
    internal static int HashOf(EquatableArray<JsonField> fields)
    {
        int hash = 0;
        foreach (JsonField field in fields)
        {
            hash ^= StringComparer.Ordinal.GetHashCode(field.Name) ^ field.Value.GetHashCode();
        }

        return hash;
    }

    private static Dictionary<string, JsonValue> ByName(EquatableArray<JsonField> fields)
    {
        var byName = new Dictionary<string, JsonValue>(fields.Length, StringComparer.Ordinal);
        foreach (JsonField field in fields)
        {
            byName.Add(field.Name, field.Value);
        }

        return byName;
    }

    /// <summary>The value as compact JSON.</summary>
    public override string ToString() => JsonText.Write(this);
}
