using System.Text.Json;
using KubeSim.Api;
using KubeSim.ApiServer.Rest;
using KubeSim.Conformance.Reading;
using KubeSim.Manifests;

namespace KubeSim.Conformance.ApiServer;

/// <summary>Requests and their answers, as they were recorded.</summary>
internal static class ExchangeCase
{
    private const string DualStack = "10.96.0.0/16,fd00:10:96::/112";

    public static void Run(CaseNode node, string fileName)
    {
        node.Skip("name", "version", "note");
        var findings = new Findings();
        var comparison = new Comparison(findings, new Tokens());
        var server = new ServerUnderTest(fileName.StartsWith("service-dualstack", StringComparison.Ordinal) || fileName.StartsWith("gc", StringComparison.Ordinal) ? DualStack : "10.96.0.0/16");
        server.EnsureNamespace(node.Find("namespace")?.Text ?? "");
        SetUp.Run(node["steps"], node.Find("namespace")?.Text ?? "", server);
        var watches = new Dictionary<string, RestWatch>(StringComparer.Ordinal);
        foreach (CaseNode step in node["steps"].Items)
        {
            step.Skip("note");
            if (step.Find("openWatch") is { } opened)
            {
                watches.Add(opened.Text, server.Rest.Watch(RequestOf(step["request"], comparison)));
            }
            else if (step.Find("closeWatch") is { } closed)
            {
                CheckWatch(step, watches[closed.Text], comparison);
            }
            else if (step.Has("request"))
            {
                CheckStep(step, server, comparison);
            }
            else
            {
                // A remark.
                _ = step.Whole;
            }
        }

        findings.Conclude();
    }

    private static void CheckStep(CaseNode step, ServerUnderTest server, Comparison comparison)
    {
        RestResponse response = server.Rest.Handle(RequestOf(step["request"], comparison));
        CaseNode expected = step["response"];
        if (response.Code != expected["code"].Int)
        {
            comparison.Findings.Add(expected, $"code: expected {expected["code"]}, found {response.Code}: {response.Body}");
        }

        if (expected.Find("body") is { } body)
        {
            comparison.Check(body, response.Body, ParsedBody(body), "");
        }

        string warnings = string.Join(", ", response.Warnings.Select(warning => $"299 - {JsonValue.OfText(warning)}"));
        comparison.Findings.Check(expected, warnings, expected.Find("headers")?.Find("warning")?.Text ?? "", "warning");
        if (expected.Find("headers")?.Find("content-type") is { } type && type.Text is not ("application/json" or "application/yaml"))
        {
            throw type.Wrong("is not known here");
        }
    }

    private static void CheckWatch(CaseNode step, RestWatch watch, Comparison comparison)
    {
        step.Skip("end");
        watch.End();
        CaseNode expected = step["response"];
        comparison.Findings.Check(expected["code"], watch.Code, expected["code"].Int);
        comparison.Check(expected["events"], JsonValue.OfList([.. watch.Events]), expected["events"].Whole, "events");
        if (expected.Find("headers")?.Find("content-type") is { } type)
        {
            comparison.Findings.Check(type, "application/json", type.Text);
        }
    }

    private static JsonValue ParsedBody(CaseNode body) => body.IsText && body.Whole.Text is { } text && text.Contains('\n', StringComparison.Ordinal) ? YamlDocuments.Read(text, null)[0] : body.Whole;

    private static RestRequest RequestOf(CaseNode request, Comparison comparison)
    {
        var read = new RestRequest(request["method"].Text, request["path"].Text)
        {
            Query = request.Find("query") is { } query ? [.. Queries.Of(query).Select(parameter => new JsonField(parameter.Name, comparison.Fill(query, parameter.Value)))] : default,
            Body = request.Find("body") is { } body ? BodyOf(body, comparison) : null,
        };
        foreach ((string name, CaseNode value) in request.Find("headers")?.Entries ?? [])
        {
            read = name switch
            {
                "content-type" => read with { ContentType = value.Text },
                "accept" => read with { Accept = value.Text },
                _ => throw value.Wrong("is no known header"),
            };
        }

        return read;
    }

    private static JsonValue BodyOf(CaseNode body, Comparison comparison)
    {
        if (!body.IsText)
        {
            return comparison.Fill(body, body.Whole);
        }

        try
        {
            return YamlDocuments.Read(body.Text, null) is [{ Kind: JsonValueKind.Object } document] ? document : throw body.Wrong("is no object, which the server under test does not read");
        }
        catch (ManifestException wrong)
        {
            throw body.Wrong($"cannot be read: {wrong.Message}");
        }
    }
}
