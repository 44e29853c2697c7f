using System.Text.Json;
using KubeSim.Api;

namespace KubeSim.ApiServer.Patching;

/// <summary>JSON merge patches: members replace members, null removes one, everything but objects is replaced whole.</summary>
/// <source>RFC 7386</source>
internal static class MergePatch
{
    internal static JsonValue Apply(JsonValue? target, JsonValue patch)
    {
        if (patch.Kind != JsonValueKind.Object)
        {
            return patch;
        }

        var members = new List<JsonField>();
        foreach (JsonField member in target?.Fields ?? default)
        {
            JsonValue? change = patch[member.Name];
            if (change is null || !change.IsNull)
            {
                members.Add(change is null ? member : new JsonField(member.Name, Apply(member.Value, change)));
            }
        }

        foreach (JsonField change in patch.Fields)
        {
            if (!change.Value.IsNull && target?[change.Name] is null)
            {
                members.Add(new JsonField(change.Name, Apply(null, change.Value)));
            }
        }

        return JsonValue.OfObject([.. members]);
    }
}
