using System.Text.Json;
using KubeSim.Api;
using KubeSim.Conformance.Reading;

namespace KubeSim.Conformance.ApiServer;

/// <summary>
/// Some requests that only make objects exist were not recorded. Such an object shows in the first list or read that has it, before any answer
/// to a request that could have made it; it is created as it shows there.
/// </summary>
internal static class SetUp
{
    public static void Run(CaseNode steps, string space, ServerUnderTest server)
    {
        var known = new HashSet<string>(StringComparer.Ordinal);
        var missing = new SortedDictionary<string, JsonValue>(StringComparer.Ordinal);
        foreach (JsonValue step in steps.Whole.Items)
        {
            JsonValue? body = step["response"]?["body"];
            foreach (JsonValue value in ObjectsOf(body))
            {
                if (value["metadata"]?["uid"]?.Text is { } uid && known.Add(uid) && step["request"]?["method"]?.Text is "GET" or "DELETE" && value["metadata"]?["namespace"]?.Text == space && space.Length > 0)
                {
                    missing.TryAdd($"{value["kind"]?.Text}/{value["metadata"]!["name"]?.Text}", value);
                }
            }
        }

        foreach (JsonValue value in missing.Values)
        {
            ResourceType resource = KnownResources.OfKind(value["apiVersion"]!.Text!, value["kind"]!.Text!);
            server.Send("POST", $"{(resource.Group.Length == 0 ? "/api/v1" : $"/apis/{resource.ApiVersion}")}/namespaces/{space}/{resource.Plural}", Wanted(value));
        }
    }

    /// <summary>An object, or the items of a list with the kind that they do not say.</summary>
    private static IEnumerable<JsonValue> ObjectsOf(JsonValue? body)
    {
        string kind = body?["kind"]?.Text ?? "";
        if (!kind.EndsWith("List", StringComparison.Ordinal) || kind.StartsWith("PartialObjectMetadata", StringComparison.Ordinal))
        {
            return kind is "" or "Status" or "Table" or "Scale" || kind.StartsWith("Partial", StringComparison.Ordinal) ? [] : [body!];
        }

        JsonField[] identity = [new("kind", JsonValue.OfText(kind[..^4])), new("apiVersion", body!["apiVersion"]!)];
        return body["items"]!.Items.Select(item => JsonValue.OfObject([.. identity, .. item.Fields]));
    }

    /// <summary>What a client says of an object: nothing that the server chooses.</summary>
    private static JsonValue Wanted(JsonValue value) => value.Kind switch
    {
        JsonValueKind.Object => JsonValue.OfObject([.. value.Fields.Where(field => field.Name is not ("status" or "generation") && !IsChosen(field.Value)).Select(field => new JsonField(field.Name, Wanted(field.Value)))]),
        JsonValueKind.Array => JsonValue.OfList([.. value.Items.Where(item => !IsChosen(item)).Select(Wanted)]),
        _ => value,
    };

    private static bool IsChosen(JsonValue value) => value.Kind == JsonValueKind.String && Tokens.AreIn(value.Text!);
}
