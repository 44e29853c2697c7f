using KubeSim.Api;
using KubeSim.ApiServer.Validation;
using KubeSim.Collections;

namespace KubeSim.ApiServer;

/// <summary>The refusals that have nothing to do with an object's fields, in Kubernetes' words.</summary>
/// <source>kubernetes v1.36, apimachinery pkg/api/errors</source>
internal static class Refusal
{
    internal static ApiException NotFound(ResourceType resource, string name) =>
        Of(404, "NotFound", $"{resource.QualifiedPlural} \"{name}\" not found", About(resource, name));

    /// <summary>As kubectl says it, which finds out before it sends anything.</summary>
    internal static ApiException NoSuchKind(ResourceType resource) =>
        Of(404, "NotFound", $"no matches for kind \"{Excerpt.Of(resource.Kind)}\" in version \"{Excerpt.Of(resource.ApiVersion)}\"", null);

    internal static ApiException AlreadyExists(ResourceType resource, string name, bool isBeingDeleted = false) =>
        Of(409, "AlreadyExists", $"{(isBeingDeleted ? "object is being deleted: " : "")}{resource.QualifiedPlural} \"{name}\" already exists", About(resource, name));

    internal static ApiException Modified(ResourceType resource, string name) =>
        Conflict(resource, name, "the object has been modified; please apply your changes to the latest version and try again");

    internal static ApiException Conflict(ResourceType resource, string name, string why) =>
        Of(409, "Conflict", $"Operation cannot be fulfilled on {resource.QualifiedPlural} \"{name}\": {why}", About(resource, name));

    internal static ApiException Conflict(ResourceType resource, string subresource, string name, string why) =>
        Of(409, "Conflict", $"Operation cannot be fulfilled on {resource.Plural}/{subresource} \"{name}\": {why}", About(resource, name) with { Kind = $"{resource.Plural}/{subresource}" });

    /// <summary>A precondition that does not hold names the kind instead of the resource.</summary>
    internal static ApiException Precondition(ResourceType resource, string name, string why) =>
        Of(409, "Conflict", $"Operation cannot be fulfilled on {resource.QualifiedKind} \"{name}\": {why}", new() { Name = name, Group = GroupOf(resource), Kind = resource.Kind });

    internal static ApiException Forbidden(ResourceType resource, string name, string why, params StatusCause[] causes) =>
        Of(403, "Forbidden", $"{resource.QualifiedPlural} \"{name}\" is forbidden: {why}", About(resource, name) with { Causes = [.. causes] });

    /// <summary>One cause stands bare, several between brackets; the text says the same thing only once.</summary>
    internal static ApiException Invalid(ResourceType resource, string name, params IReadOnlyList<StatusCause> causes) =>
        Of(
            422,
            "Invalid",
            $"{resource.QualifiedKind} \"{name}\" is invalid: {Sentence(causes)}",
            new() { Name = name.Length == 0 ? null : name, Group = GroupOf(resource), Kind = resource.Kind, Causes = [.. causes] });

    /// <summary>A value that cannot be had.</summary>
    internal static ApiException Invalid(KubernetesObject value, string field, string json, string detail)
    {
        var errors = new FieldErrors();
        errors.InvalidJson(field, json, detail);
        return Invalid(value.Resource, value.Metadata.Name, errors.Causes);
    }

    internal static ApiException NoFreeName(ResourceType resource, string name) =>
        Of(409, "AlreadyExists", $"{resource.QualifiedPlural} \"{name}\" already exists, the server was not able to generate a unique name for the object", About(resource, name));

    /// <summary>A patch whose result is no object of the kind.</summary>
    internal static ApiException BadPatch(string patch, string why)
    {
        var cause = new StatusCause("FieldValueInvalid", $"Invalid value: {JsonText.Write(JsonValue.OfText(patch))}: {why}", "patch");
        return Of(422, "Invalid", $" \"\" is invalid: {cause.Field}: {cause.Message}", new() { Causes = [cause] });
    }

    internal static ApiException BadPropagationPolicy(string policy)
    {
        var cause = new StatusCause(
            "FieldValueNotSupported", $"Unsupported value: \"{policy}\": supported values: \"Foreground\", \"Background\", \"Orphan\", \"nil\"", "propagationPolicy");
        return Of(
            422,
            "Invalid",
            $"DeleteOptions.meta.k8s.io \"\" is invalid: {cause.Field}: {cause.Message}",
            new() { Group = "meta.k8s.io", Kind = "DeleteOptions", Causes = [cause] });
    }

    /// <summary>An operation of a JSON patch that cannot be done.</summary>
    internal static ApiException Rejected() => Of(422, "Invalid", "the server rejected our request due to an error in our request", new());

    internal static ApiException NoSuchResource() => Of(404, "NotFound", "the server could not find the requested resource", new());

    internal static ApiException MethodNotAllowed() => Of(405, "MethodNotAllowed", "the server does not allow this method on the requested resource", new());

    internal static ApiException UnsupportedMediaType() => Of(
        415, "UnsupportedMediaType", "the body of the request was in an unknown format - accepted media types include: application/json, application/yaml, application/vnd.kubernetes.protobuf", null);

    internal static ApiException UnsupportedPatch() => Of(
        415,
        "UnsupportedMediaType",
        "the body of the request was in an unknown format - accepted media types include: application/json-patch+json, application/merge-patch+json, application/strategic-merge-patch+json, application/apply-patch+yaml, application/apply-patch+cbor",
        null);

    internal static ApiException BadRequest(string why) => Of(400, "BadRequest", why, null);

    internal static ApiException Expired(string why) => Of(410, "Expired", why, null);

    /// <summary>A plain error of the server's code: it has no reason.</summary>
    internal static ApiException ServerError(string why) => Of(500, "", why, null);

    /// <summary>The server could not do its part.</summary>
    internal static ApiException InternalError(string detail) =>
        Of(500, "InternalError", $"Internal error occurred: {detail}", new() { Causes = [new StatusCause("", detail, "")] });

    private static ApiException Of(int code, string reason, string message, StatusDetails? details) =>
        new(new Status { Code = code, Reason = reason, Message = message, Details = details });

    private static StatusDetails About(ResourceType resource, string name) => new() { Name = name, Group = GroupOf(resource), Kind = resource.Plural };

    private static string? GroupOf(ResourceType resource) => resource.Group.Length == 0 ? null : resource.Group;

    private static string Sentence(IReadOnlyList<StatusCause> causes)
    {
        string[] parts = [.. causes.Select(cause => $"{cause.Field}: {cause.Message}").Distinct(StringComparer.Ordinal)];
        return parts.Length == 1 ? parts[0] : $"[{string.Join(", ", parts)}]";
    }
}
