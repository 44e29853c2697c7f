using KubeSim.Collections;

namespace KubeSim.Api;

/// <summary>The members of an object that are not typed, kept as they came; equal to others in whatever order they came. The default value holds none.</summary>
public readonly record struct CarriedFields
{
    private readonly EquatableArray<JsonField> _fields;

    internal CarriedFields(EquatableArray<JsonField> fields) => _fields = fields;

    /// <summary>The members in the order in which they were read.</summary>
    public EquatableArray<JsonField> Fields => _fields;

    /// <summary>The member of that name, or null.</summary>
    public JsonValue? this[string name]
    {
        get
        {
            foreach (JsonField field in _fields)
            {
                if (field.Name == name)
                {
                    return field.Value;
                }
            }

            return null;
        }
    }

    /// <inheritdoc/>
    public bool Equals(CarriedFields other) => JsonValue.SaySame(_fields, other._fields);

    /// <inheritdoc/>
    public override int GetHashCode() => JsonValue.HashOf(_fields);
}
