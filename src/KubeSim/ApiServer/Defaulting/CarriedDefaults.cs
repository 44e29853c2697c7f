using KubeSim.Api;
using KubeSim.Collections;

namespace KubeSim.ApiServer.Defaulting;

/// <summary>Defaults of fields that are carried, not typed.</summary>
internal static class CarriedDefaults
{
    private static readonly JsonValue EmptyObject = JsonValue.OfObject(default);

    /// <summary>An object without members.</summary>
    internal static JsonField Empty(string name) => new(name, EmptyObject);

    internal static JsonField Text(string name, string value) => new(name, JsonValue.OfText(value));

    internal static JsonField Number(string name, long value) => new(name, JsonValue.OfNumber(value));

    internal static JsonField Flag(string name, bool value) => new(name, JsonValue.OfBoolean(value));

    /// <summary>The same fields with those added that are missing; the same instance where none is.</summary>
    internal static CarriedFields WithMissing(this CarriedFields carried, ReadOnlySpan<JsonField> defaults)
    {
        EquatableArray<JsonField> fields = WithMissing(carried.Fields, defaults);
        return fields.Length == carried.Fields.Length ? carried : new CarriedFields(fields);
    }

    /// <summary>The same fields with one set.</summary>
    internal static CarriedFields With(this CarriedFields carried, string name, JsonValue value)
    {
        var fields = new List<JsonField>(carried.Fields.Length + 1);
        foreach (JsonField field in carried.Fields)
        {
            if (field.Name != name)
            {
                fields.Add(field);
            }
        }

        fields.Add(new JsonField(name, value));
        return new CarriedFields([.. fields]);
    }

    /// <summary>The same object with those members added that are missing.</summary>
    internal static JsonValue WithMissing(this JsonValue value, ReadOnlySpan<JsonField> defaults)
    {
        EquatableArray<JsonField> fields = WithMissing(value.Fields, defaults);
        return fields.Length == value.Fields.Length ? value : JsonValue.OfObject(fields);
    }

    private static EquatableArray<JsonField> WithMissing(EquatableArray<JsonField> fields, ReadOnlySpan<JsonField> defaults)
    {
        List<JsonField>? all = null;
        foreach (JsonField field in defaults)
        {
            if (!Has(fields, field.Name))
            {
                (all ??= [.. fields]).Add(field);
            }
        }

        return all is null ? fields : [.. all];
    }

    private static bool Has(EquatableArray<JsonField> fields, string name)
    {
        foreach (JsonField field in fields)
        {
            if (field.Name == name)
            {
                return true;
            }
        }

        return false;
    }
}
