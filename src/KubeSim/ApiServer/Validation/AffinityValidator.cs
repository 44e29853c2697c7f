using System.Globalization;
using KubeSim.Api;
using KubeSim.Collections;

namespace KubeSim.ApiServer.Validation;

/// <summary>The rules of a Pod's affinity to nodes and to other Pods.</summary>
/// <source>kubernetes v1.36, pkg/apis/core/validation/validation.go, validateAffinity</source>
internal static class AffinityValidator
{
    private const string Required = "requiredDuringSchedulingIgnoredDuringExecution";
    private const string Preferred = "preferredDuringSchedulingIgnoredDuringExecution";

    internal static void Check(FieldErrors errors, string field, JsonValue? affinity)
    {
        if (affinity is null)
        {
            return;
        }

        CheckNodeAffinity(errors, $"{field}.nodeAffinity", affinity["nodeAffinity"]);
        CheckPodAffinity(errors, $"{field}.podAffinity", affinity["podAffinity"]);
        CheckPodAffinity(errors, $"{field}.podAntiAffinity", affinity["podAntiAffinity"]);
    }

    private static void CheckNodeAffinity(FieldErrors errors, string field, JsonValue? affinity)
    {
        if (affinity?[Required] is { } required)
        {
            string list = $"{field}.{Required}.nodeSelectorTerms";
            EquatableArray<JsonValue> terms = ItemsOf(required, "nodeSelectorTerms");
            if (terms.IsEmpty)
            {
                errors.Required(list, "must have at least one node selector term");
            }

            for (int i = 0; i < terms.Length; i++)
            {
                NodeSelectors.CheckTerm(errors, $"{list}[{i}]", terms[i]);
            }
        }

        EquatableArray<JsonValue> preferred = ItemsOf(affinity, Preferred);
        for (int i = 0; i < preferred.Length; i++)
        {
            string term = $"{field}.{Preferred}[{i}]";
            CheckWeight(errors, term, preferred[i]);
            NodeSelectors.CheckTerm(errors, $"{term}.preference", preferred[i]["preference"]);
        }
    }

    private static void CheckPodAffinity(FieldErrors errors, string field, JsonValue? affinity)
    {
        EquatableArray<JsonValue> required = ItemsOf(affinity, Required);
        for (int i = 0; i < required.Length; i++)
        {
            CheckTerm(errors, $"{field}.{Required}[{i}]", required[i]);
        }

        EquatableArray<JsonValue> preferred = ItemsOf(affinity, Preferred);
        for (int i = 0; i < preferred.Length; i++)
        {
            string term = $"{field}.{Preferred}[{i}]";
            CheckWeight(errors, term, preferred[i]);
            CheckTerm(errors, $"{term}.podAffinityTerm", preferred[i]["podAffinityTerm"] ?? JsonValue.Null);
        }
    }

    private static void CheckTerm(FieldErrors errors, string field, JsonValue term)
    {
        CheckSelector(errors, $"{field}.labelSelector", term["labelSelector"]);
        CheckSelector(errors, $"{field}.namespaceSelector", term["namespaceSelector"]);
        foreach (JsonValue space in ItemsOf(term, "namespaces"))
        {
            Names.CheckLabel(errors, $"{field}.namespace", space.Text ?? "");
        }

        CheckLabelKeys(errors, field, term);
        string topologyKey = term["topologyKey"]?.Text ?? "";
        if (topologyKey.Length == 0)
        {
            errors.Required($"{field}.topologyKey", "can not be empty");
        }

        Names.CheckKey(errors, $"{field}.topologyKey", topologyKey);
    }

    private static void CheckSelector(FieldErrors errors, string field, JsonValue? selector)
    {
        if (selector is { IsNull: false })
        {
            LabelSelectors.Check(errors, field, FieldMap.Read<LabelSelector>(selector, LabelSelector.Map, null));
        }
    }

    private static void CheckLabelKeys(FieldErrors errors, string field, JsonValue term)
    {
        string[] matching = Texts(term, "matchLabelKeys");
        string[] mismatching = Texts(term, "mismatchLabelKeys");
        bool hasSelector = term["labelSelector"] is { IsNull: false };
        CheckKeys(errors, $"{field}.matchLabelKeys", matching, hasSelector);
        CheckKeys(errors, $"{field}.mismatchLabelKeys", mismatching, hasSelector);
        for (int i = 0; i < matching.Length; i++)
        {
            if (mismatching.Contains(matching[i], StringComparer.Ordinal))
            {
                errors.Invalid($"{field}.matchLabelKeys[{i}]", matching[i], "exists in both matchLabelKeys and mismatchLabelKeys");
            }
        }

        // The server itself adds the labels of these keys to the selector, so that each may stand there once.
        for (int i = 0; i < matching.Length; i++)
        {
            int count = ItemsOf(term["labelSelector"], "matchExpressions").Count(expression => expression["key"]?.Text == matching[i]);
            for (int more = 1; more < count; more++)
            {
                errors.Invalid(string.Create(CultureInfo.InvariantCulture, $"{field}[{i}]"), matching[i], "exists in both matchLabelKeys and labelSelector");
            }
        }
    }

    private static void CheckKeys(FieldErrors errors, string field, string[] keys, bool hasSelector)
    {
        if (keys.Length > 0 && !hasSelector)
        {
            errors.Forbidden(field, "must not be specified when labelSelector is not set");
            return;
        }

        for (int i = 0; i < keys.Length; i++)
        {
            Names.CheckKey(errors, $"{field}[{i}]", keys[i]);
        }
    }

    private static void CheckWeight(FieldErrors errors, string field, JsonValue term)
    {
        long weight = term["weight"] is { } given && given.TryGetNumber(out long number) ? number : 0;
        if (weight is < 1 or > 100)
        {
            errors.Invalid($"{field}.weight", weight, "must be in the range 1-100");
        }
    }

    private static EquatableArray<JsonValue> ItemsOf(JsonValue? value, string name) => value?[name]?.Items ?? default;

    private static string[] Texts(JsonValue value, string name) => [.. ItemsOf(value, name).Select(item => item.Text ?? "")];
}
