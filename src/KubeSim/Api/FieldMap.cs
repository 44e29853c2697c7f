using System.Globalization;
using System.Text.Json;
using KubeSim.Collections;

namespace KubeSim.Api;

/// <summary>
/// The one mapping between objects and JSON, in both directions: a record's <c>Map</c> names each field once, with its present value.
/// While reading, a field's value comes from the JSON object and the present one is ignored; while writing, the present value goes into
/// the JSON object and is handed back. Absent, null and empty are one thing for lists and maps.
/// </summary>
internal sealed class FieldMap
{
    private readonly JsonValue? _source;
    private readonly List<JsonField>? _target;
    private readonly List<UnknownField>? _unknown;
    private readonly FieldMap? _parent;
    private readonly string _name;
    private readonly int _index;
    private readonly bool[] _taken;

    private FieldMap(JsonValue? source, List<JsonField>? target, List<UnknownField>? unknown, FieldMap? parent, string name, int index)
    {
        _source = source;
        _target = target;
        _unknown = unknown;
        _parent = parent;
        _name = name;
        _index = index;
        _taken = source is null ? [] : new bool[source.Fields.Length];
    }

    internal delegate T Mapping<T>(FieldMap map, T? value);

    private bool IsReading => _source is not null;

    /// <summary>Reads an object; fields that Kubernetes does not know are noted in the list.</summary>
    internal static T Read<T>(JsonValue source, Mapping<T> mapping, List<UnknownField>? unknown)
        where T : class
    {
        var map = new FieldMap(source, null, unknown, null, "", -1);
        return source.Kind == JsonValueKind.Object ? mapping(map, null) : throw map.Wrong(source, "an object");
    }

    /// <summary>Writes an object.</summary>
    /// <exception cref="ObjectFormatException">There is null in it where there must be something.</exception>
    internal static JsonValue Write<T>(T value, Mapping<T> mapping)
        where T : class => WriteNested(value, mapping, null, "", -1);

    internal string? Text(string name, string? value)
    {
        if (IsReading)
        {
            return Take(name) is { } found ? found.Kind == JsonValueKind.String ? found.Text : throw Wrong(found, "a string", name) : null;
        }

        Put(name, value is null ? null : JsonValue.OfText(value));
        return value;
    }

    /// <summary>A string that is never null; none reads as the empty one.</summary>
    internal string TextOrEmpty(string name, string? value) => Text(name, IsReading ? null : value ?? throw Null(name)) ?? "";

    /// <summary>A string that is never null; the empty one is not written.</summary>
    internal string NonEmptyText(string name, string? value) => Text(name, IsReading || (value ?? throw Null(name)).Length == 0 ? null : value) ?? "";

    internal long? Number(string name, long? value, long least = long.MinValue, long most = long.MaxValue)
    {
        if (IsReading)
        {
            return Take(name) is not { } found ? null
                : found.TryGetNumber(out long number) && number >= least && number <= most ? number : throw Wrong(found, "a whole number", name);
        }

        Put(name, value is null ? null : JsonValue.OfNumber(value.Value));
        return value;
    }

    internal int? Int(string name, int? value) => (int?)Number(name, value, int.MinValue, int.MaxValue);

    internal bool? Flag(string name, bool? value)
    {
        if (IsReading)
        {
            return Take(name) is { } found ? found.Kind is JsonValueKind.True or JsonValueKind.False ? found.Kind == JsonValueKind.True : throw Wrong(found, "true or false", name) : null;
        }

        Put(name, value is null ? null : JsonValue.OfBoolean(value.Value));
        return value;
    }

    /// <summary>A time in RFC 3339, kept in UTC and, as Kubernetes does, in whole seconds.</summary>
    internal DateTimeOffset? Time(string name, DateTimeOffset? value)
    {
        if (IsReading)
        {
            return Take(name) is not { } found ? null
                : found.Kind == JsonValueKind.String && Rfc3339.TryParse(found.Text!, out DateTimeOffset time) ? time : throw Wrong(found, "a time such as 2026-01-31T12:00:00Z", name);
        }

        Put(name, value is null ? null : JsonValue.OfText(value.Value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)));
        return value;
    }

    internal IntOrString? NumberOrText(string name, IntOrString? value)
    {
        if (IsReading)
        {
            return Take(name) is not { } found ? default(IntOrString?)
                : found.Kind == JsonValueKind.String ? new IntOrString(found.Text!)
                : found.TryGetNumber(out long number) && number is >= int.MinValue and <= int.MaxValue ? new IntOrString((int)number)
                : throw Wrong(found, "a whole number or a string", name);
        }

        Put(name, value is not { } given ? null : given.IsNumber ? JsonValue.OfNumber(given.Number) : JsonValue.OfText(given.Text));
        return value;
    }

    internal LabelSet Labels(string name, LabelSet value)
    {
        if (!IsReading)
        {
            Put(name, value.IsEmpty ? null : JsonValue.OfObject(value.Select(label => new JsonField(label.Key, JsonValue.OfText(label.Value))).ToEquatableArray()));
            return value;
        }

        if (Take(name) is not { } found)
        {
            return default;
        }

        if (found.Kind != JsonValueKind.Object)
        {
            throw Wrong(found, "a map of strings", name);
        }

        if (found.Fields.IsEmpty)
        {
            return LabelSet.PresentAndEmpty;
        }

        var labels = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (JsonField field in found.Fields)
        {
            labels[field.Name] = field.Value.Kind switch
            {
                JsonValueKind.String => field.Value.Text!,
                JsonValueKind.Null => "",
                _ => throw Wrong(field.Value, "a string", $"{name}.{field.Name}"),
            };
        }

        return LabelSet.Of(labels);
    }

    internal EquatableArray<string> Texts(string name, EquatableArray<string> value)
    {
        if (!IsReading)
        {
            Put(name, value.IsEmpty ? null : JsonValue.OfList(value.Select((text, i) => JsonValue.OfText(text ?? throw Null(name, i))).ToEquatableArray()));
            return value;
        }

        EquatableArray<JsonValue> items = TakeList(name);
        string[] texts = new string[items.Length];
        for (int i = 0; i < texts.Length; i++)
        {
            texts[i] = items[i].Kind == JsonValueKind.String ? items[i].Text! : throw Wrong(items[i], "a string", $"{name}[{i}]");
        }

        return new(texts);
    }

    internal T? Object<T>(string name, T? value, Mapping<T> mapping)
        where T : class
    {
        if (IsReading)
        {
            return Take(name) is { } found ? Nested(found, name, -1, mapping) : null;
        }

        Put(name, value is null ? null : WriteNested(value, mapping, this, name, -1));
        return value;
    }

    /// <summary>An object that is never null; none reads as the empty one.</summary>
    internal T Object<T>(string name, T? value, Mapping<T> mapping, T empty)
        where T : class => Object(name, IsReading ? null : value ?? throw Null(name), mapping) ?? empty;

    /// <summary>A list of objects.</summary>
    /// <param name="name">The field.</param>
    /// <param name="value">Its present value.</param>
    /// <param name="mapping">How an element maps.</param>
    /// <param name="always">Whether an empty list is written too, as null.</param>
    internal EquatableArray<T> List<T>(string name, EquatableArray<T> value, Mapping<T> mapping, bool always = false)
        where T : class
    {
        if (!IsReading)
        {
            Put(name, value.IsEmpty ? always ? JsonValue.Null : null : JsonValue.OfList(value.Select((item, i) => WriteNested(item ?? throw Null(name, i), mapping, this, name, i)).ToEquatableArray()));
            return value;
        }

        EquatableArray<JsonValue> items = TakeList(name);
        var list = new T[items.Length];
        for (int i = 0; i < list.Length; i++)
        {
            list[i] = Nested(items[i], name, i, mapping);
        }

        return new(list);
    }

    /// <summary>
    /// The last line of a mapping: what no other line took is carried as it is. A name that is not in the list either is unknown to Kubernetes.
    /// </summary>
    internal CarriedFields Rest(CarriedFields value, params ReadOnlySpan<string> names) => Rest(value, names, isAnyKnown: false);

    /// <summary>The last line of the mapping of a kind that is not modelled: any field may be Kubernetes' own.</summary>
    internal CarriedFields RestOfAnyKind(CarriedFields value) => Rest(value, [], isAnyKnown: true);

    private CarriedFields Rest(CarriedFields value, ReadOnlySpan<string> names, bool isAnyKnown)
    {
        if (!IsReading)
        {
            foreach (JsonField field in value.Fields)
            {
                Put(field.Name, field.Value);
            }

            return value;
        }

        EquatableArray<JsonField> fields = _source!.Fields;
        if (!_taken.Contains(false))
        {
            return default;
        }

        var rest = new List<JsonField>();
        for (int i = 0; i < fields.Length; i++)
        {
            if (_taken[i] || (_parent is null && fields[i].Name is ("apiVersion" or "kind")))
            {
                continue;
            }

            rest.Add(fields[i]);
            if (!isAnyKnown && !names.Contains(fields[i].Name))
            {
                _unknown?.Add(new UnknownField(Path(fields[i].Name), fields[i].Value.Line, fields[i].Value.Column));
            }
        }

        return new([.. rest]);
    }

    private static string Describe(JsonValue found) => found.Kind switch
    {
        JsonValueKind.String => $"the string \"{Excerpt.Of(found.Text)}\"",
        JsonValueKind.Array => "a list",
        JsonValueKind.Object => "an object",
        JsonValueKind.Number => $"the number {Excerpt.Of(found.Text)}",
        _ => found.Text!,
    };

    private static JsonValue WriteNested<T>(T value, Mapping<T> mapping, FieldMap? parent, string name, int index)
        where T : class
    {
        var fields = new List<JsonField>();
        mapping(new FieldMap(null, fields, null, parent, name, index), value);
        return JsonValue.OfObject([.. fields]);
    }

    private T Nested<T>(JsonValue found, string name, int index, Mapping<T> mapping)
        where T : class
    {
        var nested = new FieldMap(found, null, _unknown, this, name, index);
        return found.Kind == JsonValueKind.Object ? mapping(nested, null) : throw nested.Wrong(found, "an object");
    }

    /// <summary>The member of that name; null where it is absent or null.</summary>
    private JsonValue? Take(string name)
    {
        EquatableArray<JsonField> fields = _source!.Fields;
        for (int i = 0; i < fields.Length; i++)
        {
            if (fields[i].Name == name)
            {
                _taken[i] = true;
                return fields[i].Value.IsNull ? null : fields[i].Value;
            }
        }

        return null;
    }

    private EquatableArray<JsonValue> TakeList(string name) =>
        Take(name) is not { } found ? default : found.Kind == JsonValueKind.Array ? found.Items : throw Wrong(found, "a list", name);

    private void Put(string name, JsonValue? value)
    {
        if (value is not null)
        {
            _target!.Add(new JsonField(name, value));
        }
    }

    private ObjectFormatException Null(string name, int index = -1) => new(Path(index < 0 ? name : string.Create(CultureInfo.InvariantCulture, $"{name}[{index}]")), "it is null");

    private string Path(string? name)
    {
        string own = _parent is null ? "" : _parent.Path(_index < 0 ? _name : string.Create(CultureInfo.InvariantCulture, $"{_name}[{_index}]"));
        return name is null ? own : own.Length == 0 ? name : $"{own}.{name}";
    }

    private ObjectFormatException Wrong(JsonValue found, string expected, string? name = null) =>
        new(Path(name), $"expected {expected}, found {Describe(found)}", found.Line, found.Column);
}
