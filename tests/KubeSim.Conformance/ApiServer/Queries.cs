using KubeSim.Api;
using KubeSim.Conformance.Reading;

namespace KubeSim.Conformance.ApiServer;

/// <summary>The parameters of a request: a map, or the text behind the question mark.</summary>
internal static class Queries
{
    public static IEnumerable<JsonField> Of(CaseNode query) => query.IsMap
        ? query.Entries.Select(entry => new JsonField(entry.Key, JsonValue.OfText(entry.Value.Scalar)))
        : query.Text.TrimStart('?').Split('&').Select(pair => pair.Split('=', 2)).Select(pair => new JsonField(pair[0], JsonValue.OfText(pair.Length > 1 ? Uri.UnescapeDataString(pair[1]) : "")));
}
