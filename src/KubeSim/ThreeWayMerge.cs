using System.Text.Json;
using KubeSim.Api;

namespace KubeSim;

/// <summary>
/// What <c>kubectl apply</c> sends: the merge patch that sets what the manifest says and removes what an earlier manifest said and this one no longer
/// does. What nobody's manifest says is left alone. Lists are replaced whole.
/// </summary>
internal static class ThreeWayMerge
{
    internal const string LastApplied = "kubectl.kubernetes.io/last-applied-configuration";

    /// <param name="before">What was applied the last time; null where nothing was.</param>
    /// <param name="wanted">What is applied now.</param>
    internal static JsonValue Patch(JsonValue? before, JsonValue wanted)
    {
        var fields = new List<JsonField>();
        foreach (JsonField field in wanted.Fields)
        {
            JsonValue value = field.Value.Kind == JsonValueKind.Object
                ? Patch(before?[field.Name] is { Kind: JsonValueKind.Object } old ? old : null, field.Value)
                : field.Value;
            fields.Add(field with { Value = value });
        }

        foreach (JsonField field in before?.Fields ?? default)
        {
            if (wanted[field.Name] is null)
            {
                fields.Add(field with { Value = JsonValue.Null });
            }
        }

        return JsonValue.OfObject([.. fields]);
    }
}
