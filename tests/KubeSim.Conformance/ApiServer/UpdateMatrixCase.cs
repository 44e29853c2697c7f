using KubeSim.Api;
using KubeSim.ApiServer.Rest;
using KubeSim.Conformance.Reading;

namespace KubeSim.Conformance.ApiServer;

/// <summary>A row of the matrix of updates: a Service is read, edited and put back.</summary>
internal static class UpdateMatrixCase
{
    private const string Same = "same";

    public static string NameOf(CaseNode node) => $"update in {node["cluster"]} from {node["start"]} to {node["set"]}";

    public static void Run(CaseNode node)
    {
        node.Skip("liveVersion");
        var findings = new Findings();
        var tokens = new Tokens();
        ServerUnderTest server = MatrixClusters.Start(node["cluster"]);
        RestResponse created = server.Send("POST", MatrixClusters.Services, Start(node["start"].Text));
        if (created.Code != 201)
        {
            throw node["start"].Wrong($"is refused: {created.Body["message"]?.Text}");
        }

        JsonValue[] held = [.. created.Body["spec"]!["clusterIPs"]!.Items];
        string second = held[0].Text!.Contains(':', StringComparison.Ordinal) ? "10.96.0.99" : "fd00:10:96::99";
        var names = new Dictionary<string, string>(StringComparer.Ordinal) { ["new-explicit"] = second };
        for (int i = 0; i < held.Length; i++)
        {
            names.Add($"old[{i}]", held[i].Text!);
        }

        JsonValue spec = Edited(created.Body["spec"]!, node["set"], held, second);
        RestResponse response = server.Send("PUT", $"{MatrixClusters.Services}/s", With(created.Body, "spec", spec));
        var comparison = new Comparison(findings, tokens);
        Answers.Check(node, Renamed(response, names), comparison);
        if (node.Find("result") is { } result)
        {
            CreateMatrixCase.CheckResult(result, Renamed(response, names), comparison);
        }

        findings.Conclude();
    }

    /// <summary>The answer with the addresses by the matrix's names; one that is neither was given newly.</summary>
    private static RestResponse Renamed(RestResponse response, Dictionary<string, string> names)
    {
        string text = names.OrderByDescending(name => name.Value.Length).Aggregate(response.Body.ToString(), (body, name) => body.Replace($"\"{name.Value}\"", $"\"{name.Key}\"", StringComparison.Ordinal).Replace($"\\\"{name.Value}\\\"", $"\\\"{name.Key}\\\"", StringComparison.Ordinal));
        JsonValue body = KubeSim.Manifests.JsonDocuments.Read(text, null)[0];
        if (body["spec"]?["clusterIPs"] is { } addresses)
        {
            JsonValue named = JsonValue.OfList([.. addresses.Items.Select(address => names.ContainsKey(address.Text!) ? address : JsonValue.OfText("new-allocated"))]);
            body = With(body, "spec", With(body["spec"]!, "clusterIPs", named));
        }

        return response with { Body = body };
    }

    private static JsonValue Edited(JsonValue spec, CaseNode set, JsonValue[] held, string second)
    {
        foreach ((string field, CaseNode value) in set.Entries)
        {
            if (value.IsNull)
            {
                spec = Without(spec, field);
                continue;
            }

            if (value.IsText && value.Text == Same)
            {
                continue;
            }

            if (field != "clusterIPs")
            {
                spec = With(spec, field, value.Whole);
                continue;
            }

            JsonValue[] addresses = value.Text switch
            {
                "first" => [held[0]],
                "first+new" => [held[0], JsonValue.OfText(second)],
                "swap" => [held[1], held[0]],
                _ => throw value.Wrong("is no known change"),
            };
            spec = With(With(spec, field, JsonValue.OfList([.. addresses])), "clusterIP", addresses[0]);
        }

        return spec;
    }

    private static JsonValue Start(string policy) => JsonValue.OfObject(
    [
        new("metadata", JsonValue.OfObject([new("name", JsonValue.OfText("s"))])),
        new("spec", JsonValue.OfObject(
        [
            new("selector", JsonValue.OfObject([new("app", JsonValue.OfText("a"))])),
            new("ports", JsonValue.OfList([JsonValue.OfObject([new("port", JsonValue.OfNumber(80))])])),
            new("ipFamilyPolicy", JsonValue.OfText(policy)),
        ])),
    ]);

    private static JsonValue Without(JsonValue value, string name) => JsonValue.OfObject([.. value.Fields.Where(field => field.Name != name)]);

    private static JsonValue With(JsonValue value, string name, JsonValue member) => JsonValue.OfObject([.. Without(value, name).Fields, new JsonField(name, member)]);
}
