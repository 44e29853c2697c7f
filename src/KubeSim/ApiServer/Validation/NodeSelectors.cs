using KubeSim.Api;
using KubeSim.Collections;

namespace KubeSim.ApiServer.Validation;

/// <summary>The rules of a choice of nodes by their labels and fields.</summary>
/// <source>kubernetes v1.36, pkg/apis/core/validation/validation.go, ValidateNodeSelectorTerm</source>
internal static class NodeSelectors
{
    internal static void CheckTerm(FieldErrors errors, string field, JsonValue? term)
    {
        EquatableArray<JsonValue> expressions = term?["matchExpressions"]?.Items ?? default;
        for (int i = 0; i < expressions.Length; i++)
        {
            CheckLabel(errors, $"{field}.matchExpressions[{i}]", expressions[i]);
        }

        EquatableArray<JsonValue> fields = term?["matchFields"]?.Items ?? default;
        for (int i = 0; i < fields.Length; i++)
        {
            CheckField(errors, $"{field}.matchFields[{i}]", fields[i]);
        }
    }

    private static void CheckLabel(FieldErrors errors, string field, JsonValue requirement)
    {
        EquatableArray<JsonValue> values = requirement["values"]?.Items ?? default;
        switch (requirement["operator"]?.Text)
        {
            case "In" or "NotIn":
                if (values.IsEmpty)
                {
                    errors.Required($"{field}.values", "must be specified when `operator` is 'In' or 'NotIn'");
                }

                break;
            case "Exists" or "DoesNotExist":
                if (!values.IsEmpty)
                {
                    errors.Forbidden($"{field}.values", "may not be specified when `operator` is 'Exists' or 'DoesNotExist'");
                }

                break;
            case "Gt" or "Lt":
                if (values.Length != 1)
                {
                    errors.Required($"{field}.values", "must be specified single value when `operator` is 'Lt' or 'Gt'");
                }

                break;
            default:
                errors.Invalid($"{field}.operator", requirement["operator"]?.Text ?? "", "not a valid selector operator");
                break;
        }

        Names.CheckKey(errors, $"{field}.key", requirement["key"]?.Text ?? "");
        for (int i = 0; i < values.Length; i++)
        {
            Names.CheckLabelValue(errors, $"{field}.values[{i}]", values[i].Text ?? "");
        }
    }

    private static void CheckField(FieldErrors errors, string field, JsonValue requirement)
    {
        EquatableArray<JsonValue> values = requirement["values"]?.Items ?? default;
        string operation = requirement["operator"]?.Text ?? "";
        if (operation is not ("In" or "NotIn"))
        {
            errors.Invalid($"{field}.operator", operation, "not a valid selector operator");
        }
        else if (values.Length != 1)
        {
            errors.Required($"{field}.values", "must be only one value when `operator` is 'In' or 'NotIn' for node field selector");
        }

        string key = requirement["key"]?.Text ?? "";
        if (key != SelectableFields.Name)
        {
            errors.Invalid($"{field}.key", key, "not a valid field selector key");
            return;
        }

        for (int i = 0; i < values.Length; i++)
        {
            Names.CheckSubdomain(errors, $"{field}.values[{i}]", values[i].Text ?? "");
        }
    }
}
