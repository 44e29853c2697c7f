using System.Globalization;
using KubeSim.Api;
using KubeSim.ApiServer.Patching;

namespace KubeSim.ApiServer.Rest;

/// <summary>What comes with a request.</summary>
/// <source>kubernetes v1.36, apiserver pkg/endpoints/handlers</source>
internal static class RequestBody
{
    private const string Strict = "Strict";
    private const string Ignore = "Ignore";

    /// <summary>The object; what it says that Kubernetes does not know is warned of or refused, as the request wishes.</summary>
    /// <exception cref="ApiException">400: it is no object of the resource; 415: it is in no known format.</exception>
    internal static KubernetesObject Read(RestExchange exchange)
    {
        ResourceType resource = exchange.Path.Resource;
        if (exchange.Request.ContentType is not ("" or "application/json" or "application/yaml"))
        {
            throw Refusal.UnsupportedMediaType();
        }

        JsonValue body = exchange.Request.Body is null or { IsNull: true } ? JsonValue.OfObject([]) : exchange.Request.Body;
        string kind = body["kind"]?.Text is { Length: > 0 } given ? given : resource.Kind;
        string apiVersion = body["apiVersion"]?.Text is { Length: > 0 } version ? version : resource.ApiVersion;
        string subject = $"{kind} in version \"{VersionOf(apiVersion)}\" cannot be handled as a {resource.Kind}";
        if (kind != resource.Kind || apiVersion != resource.ApiVersion)
        {
            throw Refusal.BadRequest(ServedResources.IsKind(apiVersion, kind)
                ? $"{subject}: converting ({VersionOf(apiVersion)}.{kind}) to ({InternalGroup(resource)}.{resource.Kind}): unknown conversion"
                : $"{subject}: no kind \"{kind}\" is registered for version \"{apiVersion}\" in scheme \"k8s.io/kubernetes/pkg/api/legacyscheme/scheme.go:30\"");
        }

        var unknown = new List<UnknownField>();
        KubernetesObject value;
        try
        {
            value = ObjectMapping.Read(body, resource, unknown);
        }
        catch (ObjectFormatException wrong)
        {
            throw Refusal.BadRequest($"{subject}: {GoDecoding.Message(resource, wrong)}");
        }

        CheckUnknown(exchange, unknown, list => Refusal.BadRequest($"{subject}: strict decoding error: {list}"));
        return unknown.Count == 0 ? value : ObjectMapping.Read(Pruning.Without(body, unknown), resource);
    }

    /// <summary>How a patch is meant.</summary>
    /// <exception cref="ApiException">415: in no known way.</exception>
    internal static PatchType PatchTypeOf(RestRequest request) => request.ContentType switch
    {
        "application/merge-patch+json" => PatchType.Merge,
        "application/strategic-merge-patch+json" => PatchType.StrategicMerge,
        "application/json-patch+json" => PatchType.Json,
        _ => throw Refusal.UnsupportedPatch(),
    };

    /// <summary>Warns of fields that a patch brought and Kubernetes does not know, or refuses them.</summary>
    internal static void CheckUnknownOfPatch(RestExchange exchange, JsonValue patch, IReadOnlyList<UnknownField> unknown) =>
        CheckUnknown(exchange, unknown, list => Refusal.BadPatch(GoText.Of(patch), $"strict decoding error: {list}"));

    /// <summary>The options of a deletion: the body's, or the query's.</summary>
    internal static DeleteOptions ReadDeleteOptions(RestRequest request)
    {
        DeleteOptions options = ReadDeleteOptions(request.Body);
        return request.Body is not null ? options : options with
        {
            GracePeriodSeconds = request.Parameter("gracePeriodSeconds") is { } seconds ? long.Parse(seconds, CultureInfo.InvariantCulture) : null,
            PropagationPolicy = request.Parameter("propagationPolicy"),
        };
    }

    internal static DeleteOptions ReadDeleteOptions(JsonValue? body) => new()
    {
        GracePeriodSeconds = body?["gracePeriodSeconds"] is { } seconds && seconds.TryGetNumber(out long number) ? number : null,
        PropagationPolicy = body?["propagationPolicy"]?.Text,
        Uid = body?["preconditions"]?["uid"]?.Text,
        ResourceVersion = body?["preconditions"]?["resourceVersion"]?.Text,
    };

    private static void CheckUnknown(RestExchange exchange, IReadOnlyList<UnknownField> unknown, Func<string, ApiException> refusal)
    {
        string[] complaints = [.. unknown.Select(field => $"unknown field \"{field.Path}\"")];
        switch (exchange.Request.Parameter("fieldValidation"))
        {
            case Ignore:
                break;
            case Strict when complaints.Length > 0:
                throw refusal(string.Join(", ", complaints));
            default:
                exchange.Warnings.AddRange(complaints);
                break;
        }
    }

    private static string VersionOf(string apiVersion) => apiVersion[(apiVersion.IndexOf('/', StringComparison.Ordinal) + 1)..];

    /// <summary>The package of the server's own form of a kind.</summary>
    private static string InternalGroup(ResourceType resource) => resource.Group.Length == 0 ? "core" : resource.Group.Split('.')[0];
}
