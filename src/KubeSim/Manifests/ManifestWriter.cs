using System.Text.Json;
using KubeSim.Api;

namespace KubeSim.Manifests;

/// <summary>Objects as text, as <c>kubectl get -o yaml</c> and <c>-o json</c> print them: members sorted by name, a line break at the end.</summary>
internal static class ManifestWriter
{
    internal static string ToYaml(KubernetesObject value) => YamlWriter.Write(ObjectMapping.Write(value));

    internal static string ToJson(KubernetesObject value) => JsonText.Write(Sorted(ObjectMapping.Write(value)), indented: true) + "\n";

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
