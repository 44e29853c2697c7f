using System.Globalization;
using System.Text;
using KubeSim.Api;
using KubeSim.Collections;

namespace KubeSim.ApiServer.Validation;

/// <summary>What is wrong with one object, in the order in which it was found. Values are printed as JSON.</summary>
/// <source>kubernetes v1.36, apimachinery/pkg/util/validation/field/errors.go</source>
internal sealed class FieldErrors
{
    private List<StatusCause>? _causes;

    internal bool IsEmpty => _causes is null;

    internal IReadOnlyList<StatusCause> Causes => _causes ?? [];

    internal void Required(string field, string? detail = null) =>
        Add("FieldValueRequired", field, detail is null ? "Required value" : $"Required value: {detail}");

    internal void Invalid(string field, string? value, string detail) => InvalidJson(field, Quote(value), detail);

    internal void Invalid(string field, long value, string detail) => InvalidJson(field, value.ToString(CultureInfo.InvariantCulture), detail);

    internal void Invalid(string field, EquatableArray<string> values, string detail) => InvalidJson(field, Quote(values), detail);

    internal void InvalidJson(string field, string json, string detail) => Add("FieldValueInvalid", field, $"Invalid value: {json}: {detail}");

    internal void Duplicate(string field, string? value) => DuplicateJson(field, Quote(value));

    internal void DuplicateJson(string field, string json, string? detail = null) =>
        Add("FieldValueDuplicate", field, detail is null ? $"Duplicate value: {json}" : $"Duplicate value: {json}: {detail}");

    internal void NotSupported(string field, string? value, params ReadOnlySpan<string> supported)
    {
        var message = new StringBuilder("Unsupported value: ").Append(Quote(value ?? "")).Append(": supported values: ");
        for (int i = 0; i < supported.Length; i++)
        {
            message.Append(i == 0 ? "" : ", ").Append(Quote(supported[i]));
        }

        Add("FieldValueNotSupported", field, message.ToString());
    }

    internal void Forbidden(string field, string detail) => Add("FieldValueForbidden", field, $"Forbidden: {detail}");

    internal void TooLong(string field, int most) =>
        Add("FieldValueTooLong", field, string.Create(CultureInfo.InvariantCulture, $"Too long: may not be more than {most} bytes"));

    internal void TooMany(string field, int count, int most) =>
        Add("FieldValueTooMany", field, string.Create(CultureInfo.InvariantCulture, $"Too many: {count}: must have at most {most} items"));

    internal void AddAll(FieldErrors others)
    {
        if (others._causes is not null)
        {
            (_causes ??= []).AddRange(others._causes);
        }
    }

    /// <summary>Refuses the object when anything was found.</summary>
    /// <exception cref="ApiException">422, with every cause.</exception>
    internal void ThrowIfAny(KubernetesObject value)
    {
        if (_causes is not null)
        {
            throw Refusal.Invalid(value.Resource, value.Metadata.Name, _causes);
        }
    }

    internal static string Quote(string? value) => value is null ? "null" : JsonValue.OfText(value).ToString();

    internal static string Quote(EquatableArray<string> values) => values.IsEmpty ? "null" : $"[{string.Join(',', values.Select(Quote))}]";

    internal static string Quote(LabelSet labels) =>
        labels.IsEmpty ? "null" : $"{{{string.Join(',', labels.Select(label => $"{Quote(label.Key)}:{Quote(label.Value)}"))}}}";

    private void Add(string reason, string field, string message) => (_causes ??= []).Add(new StatusCause(reason, message, field));
}
