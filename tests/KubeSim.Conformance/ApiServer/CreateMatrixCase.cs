using KubeSim.Api;
using KubeSim.ApiServer.Rest;
using KubeSim.Conformance.Reading;

namespace KubeSim.Conformance.ApiServer;

/// <summary>A row of the matrix of creations: what families and addresses a new Service gets.</summary>
internal static class CreateMatrixCase
{
    public static string NameOf(CaseNode node) =>
        $"create in {node["cluster"]} {node["kind"]} {node["ipFamilyPolicy"]} {node["ipFamilies"]} {node["clusterIPs"]}";

    public static void Run(CaseNode node)
    {
        node.Skip("liveVersion");
        var findings = new Findings();
        var tokens = new Tokens();
        tokens.Set("<explicit-v4>", "10.96.0.77");
        tokens.Set("<explicit-v6>", "fd00:10:96::77");
        var comparison = new Comparison(findings, tokens);
        ServerUnderTest server = MatrixClusters.Start(node["cluster"]);
        RestResponse response = server.Send("POST", MatrixClusters.Services, ServiceOf(node, comparison));
        Answers.Check(node, response, comparison);
        if (node.Find("result") is { } result)
        {
            CheckResult(result, response, comparison);
        }

        findings.Conclude();
    }

    /// <summary>Compares the fields of the families, of which an absent one is null.</summary>
    public static void CheckResult(CaseNode result, RestResponse response, Comparison comparison)
    {
        foreach ((string field, CaseNode expected) in result.Entries)
        {
            comparison.Check(expected, response.Body["spec"]?[field] ?? JsonValue.Null, expected.Whole, field);
        }
    }

    private static JsonValue ServiceOf(CaseNode node, Comparison comparison)
    {
        var spec = new List<JsonField> { new("ports", JsonValue.OfList([JsonValue.OfObject([new("port", JsonValue.OfNumber(80))])])) };
        string kind = node["kind"].Text;
        if (kind is not ("headful" or "headless-selector" or "headless-selectorless"))
        {
            throw node["kind"].Wrong("is no known kind");
        }

        if (kind != "headless-selectorless")
        {
            spec.Add(new("selector", JsonValue.OfObject([new("app", JsonValue.OfText("a"))])));
        }

        if (kind != "headful")
        {
            spec.Add(new("clusterIP", JsonValue.OfText("None")));
        }

        Add(spec, node["ipFamilyPolicy"], "ipFamilyPolicy", comparison);
        Add(spec, node["ipFamilies"], "ipFamilies", comparison);
        Add(spec, node["clusterIPs"], "clusterIPs", comparison);
        if (spec.Find(field => field.Name == "clusterIPs").Value is { Items.IsEmpty: false } addresses)
        {
            spec.Add(new("clusterIP", addresses.Items[0]));
        }

        return JsonValue.OfObject([new("metadata", JsonValue.OfObject([new("name", JsonValue.OfText("s"))])), new("spec", JsonValue.OfObject([.. spec]))]);
    }

    private static void Add(List<JsonField> spec, CaseNode value, string name, Comparison comparison)
    {
        if (!value.IsNull)
        {
            spec.Add(new(name, comparison.Fill(value, value.Whole)));
        }
    }
}
