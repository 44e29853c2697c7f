using System.Text.Json;
using KubeSim.Api;
using KubeSim.Collections;

namespace KubeSim.Manifests;

/// <summary>Objects as text, as <c>kubectl get -o yaml</c> and <c>-o json</c> print them: members sorted by name, a line break at the end.</summary>
internal static class ManifestWriter
{
    internal static string ToYaml(KubernetesObject value) => YamlWriter.Write(ObjectMapping.WriteComplete(value, nameof(value)));

    internal static string ToJson(KubernetesObject value) => Json(ObjectMapping.WriteComplete(value, nameof(value)));

    /// <summary>Several objects as one, of the kind List.</summary>
    internal static string ToYaml(IEnumerable<KubernetesObject> values) => YamlWriter.Write(ListOf(values));

    /// <summary>Several objects as one, of the kind List.</summary>
    internal static string ToJson(IEnumerable<KubernetesObject> values) => Json(ListOf(values));

    private static string Json(JsonValue value) => JsonText.Write(Sorted(value), indented: true) + "\n";

    private static JsonValue ListOf(IEnumerable<KubernetesObject> values) => JsonValue.OfObject(
    [
        new("apiVersion", JsonValue.OfText("v1")),
        new("items", JsonValue.OfList(values.Select(ObjectMapping.Write).ToEquatableArray())),
        new("kind", JsonValue.OfText("List")),
        new("metadata", JsonValue.OfObject([new("resourceVersion", JsonValue.OfText(""))])),
    ]);

    private static JsonValue Sorted(JsonValue value)
    {
        switch (value.Kind)
        {
            case JsonValueKind.Array:
                return JsonValue.ReadList([.. value.Items.Select(Sorted)], 0, 0);
            case JsonValueKind.Object:
                var fields = value.Fields.Select(field => new JsonField(field.Name, Sorted(field.Value))).ToList();
                fields.Sort((left, right) => string.CompareOrdinal(left.Name, right.Name));
                return JsonValue.ReadObject(fields, 0, 0);
            default:
                return value;
        }
    }
}
