using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace KubeSim.Api;

/// <summary>Objects from JSON and back, whatever their kind.</summary>
internal static class ObjectMapping
{
    private static readonly Dictionary<ResourceType, FieldMap.Mapping<KubernetesObject>> Modelled = new()
    {
        [ResourceType.Pod] = (map, value) => Pod.Map(map, (Pod?)value),
        [ResourceType.Service] = (map, value) => Service.Map(map, (Service?)value),
        [ResourceType.Endpoints] = (map, value) => Endpoints.Map(map, (Endpoints?)value),
        [ResourceType.EndpointSlice] = (map, value) => EndpointSlice.Map(map, (EndpointSlice?)value),
        [ResourceType.Node] = (map, value) => Node.Map(map, (Node?)value),
        [ResourceType.Namespace] = (map, value) => Namespace.Map(map, (Namespace?)value),
        [ResourceType.Deployment] = (map, value) => Deployment.Map(map, (Deployment?)value),
        [ResourceType.ReplicaSet] = (map, value) => ReplicaSet.Map(map, (ReplicaSet?)value),
    };

    /// <summary>Reads an object; its <c>kind</c> and <c>apiVersion</c> say what it is.</summary>
    /// <param name="json">The object.</param>
    /// <param name="unknown">Gets the fields that Kubernetes does not know, where given.</param>
    /// <exception cref="ObjectFormatException">It is no object of a kind, or a field holds another kind of value than Kubernetes wants.</exception>
    internal static KubernetesObject Read(JsonValue json, List<UnknownField>? unknown = null)
    {
        string kind = Identity(json, "kind");
        string apiVersion = Identity(json, "apiVersion");
        return Read(json, KnownResources.OfKind(apiVersion, kind), unknown);
    }

    /// <summary>Reads an object of a known resource, whatever it says of its kind.</summary>
    internal static KubernetesObject Read(JsonValue json, ResourceType resource, List<UnknownField>? unknown = null) =>
        FieldMap.Read(json, MappingOf(resource), unknown);

    /// <summary>The object as JSON, led by <c>apiVersion</c> and <c>kind</c>.</summary>
    /// <exception cref="ObjectFormatException">There is null in it where there must be something.</exception>
    internal static JsonValue Write(KubernetesObject value)
    {
        JsonValue fields = FieldMap.Write(value, MappingOf(value.Resource));
        return JsonValue.OfObject([new("apiVersion", JsonValue.OfText(value.ApiVersion)), new("kind", JsonValue.OfText(value.Kind)), .. fields.Fields]);
    }

    /// <summary>The same for an object that somebody else has made.</summary>
    /// <exception cref="ArgumentException">There is null in it where there must be something; the message names the field.</exception>
    internal static JsonValue WriteComplete([NotNull] KubernetesObject? value, string parameter)
    {
        ArgumentNullException.ThrowIfNull(value, parameter);
        try
        {
            return Write(value);
        }
        catch (ObjectFormatException wrong)
        {
            throw new ArgumentException($"{parameter}: {wrong.FieldPath} is null.", parameter, wrong);
        }
    }

    private static FieldMap.Mapping<KubernetesObject> MappingOf(ResourceType resource) =>
        Modelled.TryGetValue(resource, out FieldMap.Mapping<KubernetesObject>? mapping) ? mapping : UnstructuredObject.MappingOf(resource);

    private static string Identity(JsonValue json, string name) => json.Kind != JsonValueKind.Object
        ? throw new ObjectFormatException("", "expected an object with apiVersion and kind", json.Line, json.Column)
        : json[name] is { Kind: JsonValueKind.String, Text: { Length: > 0 } text } ? text
        : throw new ObjectFormatException(name, "expected a non-empty string: every object says its apiVersion and kind", (json[name] ?? json).Line, (json[name] ?? json).Column);
}
