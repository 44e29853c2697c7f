using System.Text.Json;
using KubeSim.Api;

namespace KubeSim.ApiServer.Patching;

/// <summary>Strategic merge patches: merge patches that also merge lists whose elements have keys, and that may hold directives.</summary>
/// <source>kubernetes v1.36, apimachinery pkg/util/strategicpatch/patch.go</source>
internal sealed class StrategicMergePatch(ResourceType resource)
{
    private const string Directive = "$patch";
    private const string RetainKeys = "$retainKeys";
    private const string Order = "$setElementOrder/";
    private const string DeleteScalars = "$deleteFromPrimitiveList/";

    /// <exception cref="ApiException">500: an element has no key, or a directive is none.</exception>
    internal JsonValue Apply(JsonValue target, JsonValue patch) => patch.Kind == JsonValueKind.Object ? MergeMap(target, patch, "")
        : throw Refusal.BadRequest("error decoding patch: json: cannot unmarshal array into Go value of type map[string]interface {}");

    private JsonValue MergeMap(JsonValue target, JsonValue patch, string path)
    {
        switch (patch[Directive]?.Text)
        {
            case "replace":
                return WithoutDirectives(patch);
            case "delete":
                return JsonValue.OfObject([]);
            case not (null or "merge"):
                throw Refusal.ServerError($"unknown patch type found in map: {patch[Directive]!.Text}");
        }

        var members = new List<JsonField>(target.Fields);
        if (patch[RetainKeys] is { } retained)
        {
            members.RemoveAll(member => !retained.Items.Any(name => name.Text == member.Name));
        }

        foreach (JsonField change in patch.Fields)
        {
            string name = NameOf(change.Name);
            if (name.Length == 0 || (name != change.Name && patch[name] is not null))
            {
                continue;
            }

            int place = members.FindIndex(member => member.Name == name);
            JsonValue? value = Merge(place < 0 ? null : members[place].Value, patch, name, path.Length == 0 ? name : $"{path}.{name}");
            if (place >= 0 && value is null)
            {
                members.RemoveAt(place);
            }
            else if (place >= 0)
            {
                members[place] = new JsonField(name, value!);
            }
            else if (value is not null)
            {
                members.Add(new JsonField(name, value));
            }
        }

        return JsonValue.OfObject([.. members]);
    }

    /// <summary>The member's value after the patch; null where it is gone.</summary>
    private JsonValue? Merge(JsonValue? target, JsonValue patch, string name, string path)
    {
        JsonValue? change = patch[name];
        JsonValue? order = patch[Order + name];
        JsonValue? deleted = patch[DeleteScalars + name];
        if (change is { IsNull: true })
        {
            return null;
        }

        string? key = MergeKeys.Of(resource, path);
        if (key is not null && (target?.Kind == JsonValueKind.Array || change?.Kind == JsonValueKind.Array) && change?.Kind is null or JsonValueKind.Array)
        {
            return MergeList(target, change, order, deleted, key, path);
        }

        if (change is null)
        {
            return target;
        }

        return target?.Kind == JsonValueKind.Object && change.Kind == JsonValueKind.Object ? MergeMap(target, change, path) : WithoutDirectives(change);
    }

    private JsonValue MergeList(JsonValue? target, JsonValue? change, JsonValue? order, JsonValue? deleted, string key, string path)
    {
        List<JsonValue> original = [.. target?.Items ?? default];
        original.RemoveAll(item => deleted?.Items.Contains(item) == true);
        List<JsonValue> patch = [.. change?.Items ?? default];
        if (key.Length > 0)
        {
            if (TakeSpecial(original, patch, key))
            {
                return JsonValue.OfList([.. patch]);
            }
        }

        List<JsonValue> merged = [.. original];
        foreach (JsonValue item in patch)
        {
            int place = PlaceOf(merged, item, key);
            if (place < 0)
            {
                merged.Add(WithoutDirectives(item));
            }
            else if (key.Length > 0)
            {
                merged[place] = MergeMap(merged[place], item, path);
            }
        }

        List<JsonValue> wanted = order is null ? patch : [.. order.Items];
        return JsonValue.OfList([.. Ordered(merged, wanted, original, key)]);
    }

    /// <summary>Does what elements with directives say and takes them out of the patch; true where the patch's other elements replace all.</summary>
    private static bool TakeSpecial(List<JsonValue> original, List<JsonValue> patch, string key)
    {
        bool replaces = false;
        foreach (JsonValue item in patch.ToArray())
        {
            switch (item[Directive]?.Text)
            {
                case "delete":
                    original.RemoveAll(held => KeyOf(held, key).Equals(KeyOf(item, key)));
                    break;
                case "replace":
                    replaces = true;
                    break;
                default:
                    KeyOf(item, key);
                    continue;
            }

            patch.Remove(item);
        }

        return replaces;
    }

    /// <summary>Elements of the wanted order come in it, and before others that they never stood behind.</summary>
    private static IEnumerable<JsonValue> Ordered(List<JsonValue> merged, List<JsonValue> wanted, List<JsonValue> original, string key)
    {
        var named = new Queue<JsonValue>(merged.Where(item => PlaceOf(wanted, item, key) >= 0).OrderBy(item => PlaceOf(wanted, item, key)));
        foreach (JsonValue item in merged.Where(item => PlaceOf(wanted, item, key) < 0))
        {
            while (named.TryPeek(out JsonValue? next) && !(PlaceOf(original, next, key) is >= 0 and var place && PlaceOf(original, item, key) < place))
            {
                yield return named.Dequeue();
            }

            yield return item;
        }

        while (named.TryDequeue(out JsonValue? rest))
        {
            yield return rest;
        }
    }

    private static int PlaceOf(List<JsonValue> items, JsonValue item, string key) =>
        key.Length == 0 ? items.IndexOf(item) : items.FindIndex(held => KeyOf(held, key).Equals(KeyOf(item, key)));

    private static JsonValue KeyOf(JsonValue item, string key) =>
        item[key] ?? throw Refusal.ServerError($"map: {GoText.Of(item)} does not contain declared merge key: {key}");

    private static string NameOf(string member) =>
        member.StartsWith(Order, StringComparison.Ordinal) ? member[Order.Length..]
            : member.StartsWith(DeleteScalars, StringComparison.Ordinal) ? member[DeleteScalars.Length..]
            : member is Directive or RetainKeys ? "" : member;

    private static JsonValue WithoutDirectives(JsonValue value) => value.Kind switch
    {
        JsonValueKind.Object => JsonValue.OfObject([.. value.Fields.Where(field => !field.Name.StartsWith('$')).Select(field => new JsonField(field.Name, WithoutDirectives(field.Value)))]),
        JsonValueKind.Array => JsonValue.OfList([.. value.Items.Where(item => item[Directive] is null).Select(WithoutDirectives)]),
        _ => value,
    };
}
