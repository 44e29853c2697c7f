using System.Text.Json;
using KubeSim.Api;

namespace KubeSim.ApiServer.Defaulting;

/// <summary>
/// A term of a Pod's affinity may name keys whose values are those of the Pod's own labels; the server writes them into the term's selector.
/// </summary>
/// <source>kubernetes v1.36, pkg/registry/core/pod/strategy.go, applyMatchLabelKeysAndMismatchLabelKeys</source>
internal static class AffinityLabels
{
    private const string Affinity = "affinity";

    internal static Pod Complete(Pod pod)
    {
        JsonValue? affinity = pod.Spec.Carried[Affinity];
        if (affinity is null)
        {
            return pod;
        }

        JsonValue complete = Complete(affinity, pod.Metadata.Labels);
        return complete.Equals(affinity) ? pod : pod with { Spec = pod.Spec with { Carried = pod.Spec.Carried.With(Affinity, complete) } };
    }

    /// <summary>Terms stand at several depths of the affinity; they are told by their keys.</summary>
    private static JsonValue Complete(JsonValue value, LabelSet labels)
    {
        switch (value.Kind)
        {
            case JsonValueKind.Array:
                return JsonValue.OfList([.. value.Items.Select(item => Complete(item, labels))]);
            case JsonValueKind.Object when value["topologyKey"] is not null && value["labelSelector"] is { IsNull: false } selector:
                JsonValue[] added = [.. Expressions(value["matchLabelKeys"], "In", labels), .. Expressions(value["mismatchLabelKeys"], "NotIn", labels)];
                return added.Length == 0 ? value : With(value, "labelSelector", With(selector, "matchExpressions", JsonValue.OfList([.. selector["matchExpressions"]?.Items ?? default, .. added])));
            case JsonValueKind.Object:
                return JsonValue.OfObject([.. value.Fields.Select(field => new JsonField(field.Name, Complete(field.Value, labels)))]);
            default:
                return value;
        }
    }

    private static IEnumerable<JsonValue> Expressions(JsonValue? keys, string operation, LabelSet labels)
    {
        foreach (JsonValue key in (keys?.Items ?? default).ToArray())
        {
            if (key.Text is { } name && labels[name] is { } value)
            {
                yield return JsonValue.OfObject([new("key", key), new("operator", JsonValue.OfText(operation)), new("values", JsonValue.OfList([JsonValue.OfText(value)]))]);
            }
        }
    }

    private static JsonValue With(JsonValue value, string name, JsonValue member) =>
        JsonValue.OfObject([.. value.Fields.Where(field => field.Name != name), new JsonField(name, member)]);
}
