using KubeSim.Api;
using KubeSim.Collections;

namespace KubeSim.ApiServer.Validation;

/// <summary>The statuses with which admission refuses an object.</summary>
internal static class Refusal
{
    /// <summary>422: the object breaks rules. One cause stands bare, several between brackets; the text says the same thing only once.</summary>
    internal static ApiException Invalid(ResourceType resource, string name, IReadOnlyList<StatusCause> causes)
    {
        var said = new List<string>();
        foreach (StatusCause cause in causes)
        {
            string line = $"{cause.Field}: {cause.Message}";
            if (!said.Contains(line, StringComparer.Ordinal))
            {
                said.Add(line);
            }
        }

        string text = said.Count == 1 ? said[0] : $"[{string.Join(", ", said)}]";
        return new ApiException(new Status
        {
            Code = 422,
            Reason = "Invalid",
            Message = $"{resource.QualifiedKind} \"{name}\" is invalid: {text}",
            Details = new StatusDetails
            {
                Name = name,
                Group = resource.Group.Length == 0 ? null : resource.Group,
                Kind = resource.Kind,
                Causes = causes.ToEquatableArray(),
            },
        });
    }

    /// <summary>422 with a single cause: a value that cannot be had.</summary>
    internal static ApiException Invalid(KubernetesObject value, string field, string json, string detail)
    {
        var errors = new FieldErrors();
        errors.InvalidJson(field, json, detail);
        return Invalid(value.Resource, value.Metadata.Name, errors.Causes);
    }

    /// <summary>500: the server could not do its part.</summary>
    internal static ApiException InternalError(string detail) => new(new Status
    {
        Code = 500,
        Reason = "InternalError",
        Message = $"Internal error occurred: {detail}",
        Details = new StatusDetails { Causes = [new StatusCause("", detail, "")] },
    });

    /// <summary>500 without a reason, as the real server answers for errors that it does not expect.</summary>
    internal static ApiException Unexpected(string message) => new(new Status { Code = 500, Message = message });
}
