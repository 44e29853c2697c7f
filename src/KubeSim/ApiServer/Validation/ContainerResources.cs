using KubeSim.Api;

namespace KubeSim.ApiServer.Validation;

/// <summary>The rules of what a container asks for and may use at most.</summary>
/// <source>kubernetes v1.36, pkg/apis/core/validation/validation.go, ValidateContainerResourceRequirements; pkg/apis/core/helper/helpers.go</source>
internal static class ContainerResources
{
    private const string HugePages = "hugepages-";
    private const string NativePrefix = "kubernetes.io/";
    private const string RequestsPrefix = "requests.";

    private static readonly string[] Standard = ["cpu", "memory", "ephemeral-storage"];
    private static readonly string[] StandardOfQuotas = ["pods", "storage", "services", "replicationcontrollers", "resourcequotas", "secrets", "configmaps", "persistentvolumeclaims"];

    internal static void Check(FieldErrors errors, string field, JsonValue? resources)
    {
        JsonField[] limits = Sorted(resources?["limits"]);
        JsonField[] requests = Sorted(resources?["requests"]);
        foreach (JsonField limit in limits)
        {
            CheckAmount(errors, $"{field}.limits[{limit.Name}]", limit);
        }

        foreach (JsonField request in requests)
        {
            CheckAmount(errors, $"{field}.requests[{request.Name}]", request);
            CheckLimit(errors, field, request, resources!["limits"]?[request.Name]);
        }

        JsonField[] all = [.. limits, .. requests];
        if (all.Any(amount => amount.Name.StartsWith(HugePages, StringComparison.Ordinal)) && !all.Any(amount => amount.Name is "cpu" or "memory"))
        {
            errors.Forbidden(field, "HugePages require cpu or memory");
        }
    }

    private static void CheckAmount(FieldErrors errors, string field, JsonField amount)
    {
        CheckName(errors, field, amount.Name);
        if (Quantity.Parse(amount.Value.Text) is not { } value)
        {
            return;
        }

        if (value < 0)
        {
            errors.Invalid(field, amount.Value.Text, "must be greater than or equal to 0");
        }

        if (IsExtended(amount.Name) && value != decimal.Truncate(value))
        {
            errors.Invalid(field, amount.Value.Text, "must be an integer");
        }
    }

    private static void CheckName(FieldErrors errors, string field, string name)
    {
        Names.CheckKey(errors, field, name);
        bool isStandard = Standard.Contains(name, StringComparer.Ordinal) || name.StartsWith(HugePages, StringComparison.Ordinal);
        if (name.Contains('/', StringComparison.Ordinal))
        {
            if (!IsNative(name) && !IsExtended(name))
            {
                errors.Invalid(field, name, "doesn't follow extended resource name standard");
            }

            return;
        }

        if (!isStandard && !StandardOfQuotas.Contains(name, StringComparer.Ordinal))
        {
            errors.Invalid(field, name, "must be a standard resource type or fully qualified");
        }

        if (!isStandard)
        {
            errors.Invalid(field, name, "must be a standard resource for containers");
        }
    }

    private static void CheckLimit(FieldErrors errors, string field, JsonField request, JsonValue? limit)
    {
        bool mayOvercommit = IsNative(request.Name) && !request.Name.StartsWith(HugePages, StringComparison.Ordinal);
        if (limit is null)
        {
            if (!mayOvercommit)
            {
                errors.Required($"{field}.limits", "Limit must be set for non overcommitable resources");
            }

            return;
        }

        if (Quantity.Parse(request.Value.Text) is { } wanted && Quantity.Parse(limit.Text) is { } most && (mayOvercommit ? wanted > most : wanted != most))
        {
            errors.Invalid($"{field}.requests", request.Value.Text, $"must be {(mayOvercommit ? "less than or equal to" : "equal to")} {request.Name} limit of {limit.Text}");
        }
    }

    private static bool IsNative(string name) => !name.Contains('/', StringComparison.Ordinal) || name.Contains(NativePrefix, StringComparison.Ordinal);

    private static bool IsExtended(string name) =>
        !IsNative(name) && !name.StartsWith(RequestsPrefix, StringComparison.Ordinal) && LabelSyntax.KeyProblems($"{RequestsPrefix}{name}").Count == 0;

    private static JsonField[] Sorted(JsonValue? amounts) => [.. (amounts?.Fields ?? default).OrderBy(amount => amount.Name, StringComparer.Ordinal)];
}
