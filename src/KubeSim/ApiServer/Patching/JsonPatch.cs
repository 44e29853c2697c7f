using System.Globalization;
using System.Text.Json;
using KubeSim.Api;

namespace KubeSim.ApiServer.Patching;

/// <summary>JSON patches: operations, one after another, all or none.</summary>
/// <source>RFC 6902; kubernetes v1.36, apiserver pkg/endpoints/handlers/patch.go</source>
internal static class JsonPatch
{
    /// <exception cref="ApiException">400: it is no patch; 422: an operation cannot be done.</exception>
    internal static JsonValue Apply(JsonValue target, JsonValue patch)
    {
        if (patch.Kind != JsonValueKind.Array)
        {
            throw Refusal.BadRequest($"error decoding patch: json: cannot unmarshal {GoKind(patch)} into Go value of type []handlers.jsonPatchOp");
        }

        foreach (JsonValue operation in patch.Items)
        {
            target = Do(target, operation) ?? throw Refusal.Rejected();
        }

        return target;
    }

    /// <summary>The value after one operation; null where that cannot be done.</summary>
    private static JsonValue? Do(JsonValue target, JsonValue operation)
    {
        string? path = operation["path"]?.Text;
        JsonValue? value = operation["value"];
        if (path is null)
        {
            return null;
        }

        switch (operation["op"]?.Text)
        {
            case "add":
                return Put(target, path, value ?? JsonValue.Null);
            case "replace":
                return Find(target, path) is null ? null : Put(path.Length == 0 ? target : Remove(target, path)!, path, value ?? JsonValue.Null);
            case "remove":
                return Remove(target, path);
            case "test":
                return (Find(target, path) ?? JsonValue.Null).Equals(value ?? JsonValue.Null) ? target : null;
            case "copy":
                return Find(target, operation["from"]?.Text) is { } copied ? Put(target, path, copied) : null;
            case "move":
                return operation["from"]?.Text is { } from && Find(target, from) is { } moved && Remove(target, from) is { } rest ? Put(rest, path, moved) : null;
            default:
                return null;
        }
    }

    private static JsonValue? Find(JsonValue target, string? path)
    {
        JsonValue? found = path is null ? null : target;
        foreach (string step in Steps(path ?? ""))
        {
            found = found is null ? null : found.Kind == JsonValueKind.Array ? PlaceOf(step, found.Items.Length - 1) is { } place ? found.Items[place] : null : found[step];
        }

        return found;
    }

    private static JsonValue? Put(JsonValue target, string path, JsonValue value) => Change(target, Steps(path), (holder, step) =>
    {
        if (holder.Kind == JsonValueKind.Object)
        {
            return With(holder, step, value);
        }

        int? place = step == "-" ? holder.Items.Length : PlaceOf(step, holder.Items.Length);
        return holder.Kind == JsonValueKind.Array && place is { } index ? JsonValue.OfList([.. holder.Items.AsSpan()[..index], value, .. holder.Items.AsSpan()[index..]]) : null;
    }) ?? (path.Length == 0 ? value : null);

    private static JsonValue? Remove(JsonValue target, string path) => Change(target, Steps(path), static (holder, step) =>
        holder.Kind == JsonValueKind.Object
            ? holder[step] is null ? null : JsonValue.OfObject([.. holder.Fields.Where(field => field.Name != step)])
            : PlaceOf(step, holder.Items.Length - 1) is { } index ? JsonValue.OfList([.. holder.Items.AsSpan()[..index], .. holder.Items.AsSpan()[(index + 1)..]]) : null);

    /// <summary>The value with the holder of the last step changed; null where a step leads nowhere.</summary>
    private static JsonValue? Change(JsonValue target, ReadOnlySpan<string> steps, Func<JsonValue, string, JsonValue?> change)
    {
        if (steps.Length < 2)
        {
            return steps.IsEmpty ? null : change(target, steps[0]);
        }

        if (target.Kind == JsonValueKind.Array)
        {
            return PlaceOf(steps[0], target.Items.Length - 1) is { } place && Change(target.Items[place], steps[1..], change) is { } element
                ? JsonValue.OfList(target.Items.SetItem(place, element)) : null;
        }

        return target[steps[0]] is { } held && Change(held, steps[1..], change) is { } changed ? With(target, steps[0], changed) : null;
    }

    private static JsonValue With(JsonValue holder, string name, JsonValue value)
    {
        var fields = new List<JsonField>();
        foreach (JsonField field in holder.Fields)
        {
            fields.Add(field.Name == name ? new JsonField(name, value) : field);
        }

        if (holder[name] is null)
        {
            fields.Add(new JsonField(name, value));
        }

        return JsonValue.OfObject([.. fields]);
    }

    private static int? PlaceOf(string step, int last) =>
        int.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out int place) && place <= last ? place : null;

    private static string[] Steps(string path) => path.Length == 0
        ? [] : [.. path.Split('/').Skip(1).Select(step => step.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal))];

    private static string GoKind(JsonValue value) => value.Kind switch
    {
        JsonValueKind.Object => "object",
        JsonValueKind.String => "string",
        JsonValueKind.Number => "number",
        _ => "bool",
    };
}
