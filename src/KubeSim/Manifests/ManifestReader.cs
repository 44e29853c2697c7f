using System.Globalization;
using System.Text.Json;
using KubeSim.Api;

namespace KubeSim.Manifests;

/// <summary>Manifests into objects: YAML with any number of documents, JSON with one or several, lists taken apart.</summary>
internal static class ManifestReader
{
    /// <summary>Reads a manifest.</summary>
    /// <param name="text">YAML or JSON; empty documents and comments are skipped.</param>
    /// <param name="fileName">How messages name it.</param>
    /// <param name="strict">Whether a field that Kubernetes does not know is an error, as with <c>kubectl apply --validate=strict</c>.</param>
    /// <exception cref="ManifestException">The text cannot be read.</exception>
    internal static Manifest Read(string text, string? fileName = null, bool strict = false)
    {
        ArgumentNullException.ThrowIfNull(text);
        var objects = new List<KubernetesObject>();
        var warnings = new List<ManifestWarning>();
        var unknown = new List<UnknownField>();
        foreach (JsonValue document in ReadDocuments(text, fileName))
        {
            ReadObjects(document, "", default);
        }

        return new([.. objects], [.. warnings]);

        void ReadObjects(JsonValue value, string path, (string? ApiVersion, string? Kind) inherited)
        {
            if (value.Kind == JsonValueKind.Object && TryGetItems(value, out JsonValue items))
            {
                var itemsAre = ItemsOf(value);
                for (int i = 0; i < items.Items.Length; i++)
                {
                    ReadObjects(items.Items[i], ManifestException.Join(path, string.Create(CultureInfo.InvariantCulture, $"items[{i}]")), itemsAre);
                }

                return;
            }

            unknown.Clear();
            try
            {
                objects.Add(
                    inherited.Kind is not null && value.Kind == JsonValueKind.Object && IsAbsent(value["kind"]) && IsAbsent(value["apiVersion"])
                        ? ObjectMapping.Read(value, KnownResources.OfKind(inherited.ApiVersion!, inherited.Kind), unknown)
                        : ObjectMapping.Read(value, unknown));
            }
            catch (ObjectFormatException wrong)
            {
                throw new ManifestException(fileName, path, wrong);
            }

            foreach (UnknownField field in unknown)
            {
                string fieldPath = ManifestException.Join(path, field.Path);
                string message = $"unknown field \"{fieldPath}\"";
                warnings.Add(strict ? throw new ManifestException(fileName, field.Line, field.Column, fieldPath, message) : new(fileName, field.Line, field.Column, fieldPath, message));
            }
        }
    }

    /// <summary>The documents of a manifest, without the empty ones.</summary>
    private static List<JsonValue> ReadDocuments(string text, string? fileName)
    {
        ManifestText.Check(text, fileName);
        if (!ManifestText.LooksLikeJson(text))
        {
            return YamlDocuments.Read(text, fileName);
        }

        try
        {
            return JsonDocuments.Read(text, fileName);
        }
        catch (ManifestException notJson) when (notJson.InnerException is JsonException)
        {
            // Also a YAML document may begin with a brace.
            try
            {
                return YamlDocuments.Read(text, fileName);
            }
            catch (ManifestException)
            {
                throw notJson;
            }
        }
    }

    /// <summary>Whether the object is a list: of kind List, or of a kind named after what it holds.</summary>
    private static bool TryGetItems(JsonValue value, out JsonValue items)
    {
        items = value["items"] ?? JsonValue.Null;
        return value["kind"] is { Kind: JsonValueKind.String, Text: { } kind } && kind.EndsWith("List", StringComparison.Ordinal)
            && (items.Kind == JsonValueKind.Array || (kind == "List" && items.IsNull));
    }

    /// <summary>What the items are that do not say it themselves: the API server leaves it out in lists of one kind.</summary>
    private static (string? ApiVersion, string? Kind) ItemsOf(JsonValue list) =>
        list["kind"]?.Text is { Length: > 4 } kind && list["apiVersion"] is { Kind: JsonValueKind.String, Text: { Length: > 0 } apiVersion } ? (apiVersion, kind[..^4]) : default;

    private static bool IsAbsent(JsonValue? value) => value is null || value.IsNull;
}
