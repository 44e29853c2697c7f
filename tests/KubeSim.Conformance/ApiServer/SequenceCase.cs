using System.Globalization;
using System.Text.Json;
using KubeSim.Api;
using KubeSim.ApiServer.Rest;
using KubeSim.Conformance.Reading;

namespace KubeSim.Conformance.ApiServer;

/// <summary>What becomes of Services, step by step, in a namespace of their own.</summary>
internal static class SequenceCase
{
    private const string Services = "/api/v1/namespaces/sequence/services";

    public static void Run(CaseNode node)
    {
        node.Skip("name", "source", "liveVersion", "note", "nondeterministicUpstream");
        var findings = new Findings();
        var comparison = new Comparison(findings, new Tokens { AreDistinct = true });
        var server = new ServerUnderTest(node["cluster"]["serviceClusterIPRange"].Text, node["cluster"]["serviceNodePortRange"].Text);
        server.EnsureNamespace("sequence");
        foreach (CaseNode step in node["steps"].Items)
        {
            step.Skip("note");
            RestResponse response = server.Rest.Handle(RequestOf(step, server, comparison));
            CaseNode expected = step["expect"];
            if (step.Find("expectWithoutRace") is { } withoutRace)
            {
                step.Skip("expect");
                expected = withoutRace;
            }

            CheckStep(expected, response, comparison);
        }

        findings.Conclude();
    }

    private static void CheckStep(CaseNode expected, RestResponse response, Comparison comparison)
    {
        Answers.Check(expected, response, comparison);
        JsonValue body = response.Body;
        if (expected.Find("spec") is { } spec)
        {
            comparison.Check(spec, body["spec"], spec.Whole, "spec");
        }

        if (expected.Find("kind") is { } kind)
        {
            comparison.Findings.Check(kind, body["kind"]?.Text, kind.Text);
        }

        if (expected.Find("deletionTimestampSet") is { } isBeingDeleted)
        {
            comparison.Findings.Check(isBeingDeleted, body["metadata"]?["deletionTimestamp"] is not null, isBeingDeleted.Boolean);
        }

        if (expected.Find("statusLoadBalancer") is { } status)
        {
            comparison.Check(status, body["status"]?["loadBalancer"], status.Whole, "status.loadBalancer");
        }
    }

    private static RestRequest RequestOf(CaseNode step, ServerUnderTest server, Comparison comparison)
    {
        string path = $"{Services}/{step["name"].Text}";
        JsonValue? body = step.Find("body") is { } given ? comparison.Fill(given, given.Whole) : null;
        RestRequest request = step["action"].Text switch
        {
            "create" => new("POST", Services) { Body = body },
            "replace" => new("PUT", path) { Body = Identified(body!, step["name"].Text, Current(server, path)["metadata"]?["resourceVersion"]) },
            "replaceNoRV" => new("PUT", path) { Body = Identified(body!, step["name"].Text, null) },
            "replaceStaleRV" => new("PUT", path) { Body = Identified(body!, step["name"].Text, JsonValue.OfText("1")) },
            "readModifyReplace" => new("PUT", path) { Body = body!.Fields.Aggregate(Current(server, path), (current, change) => Modify(current, change.Name.Split('.'), change.Value)) },
            "mergePatch" => new("PATCH", path) { Body = body, ContentType = "application/merge-patch+json" },
            "strategicMergePatch" => new("PATCH", path) { Body = body, ContentType = "application/strategic-merge-patch+json" },
            "jsonPatch" => new("PATCH", path) { Body = body, ContentType = "application/json-patch+json" },
            "statusMergePatch" => new("PATCH", $"{path}/status") { Body = body, ContentType = "application/merge-patch+json" },
            "delete" => new("DELETE", path),
            "get" => new("GET", path),
            _ => throw step["action"].Wrong("is no known action"),
        };
        return step.Find("query") is not { } query ? request
            : request with { Query = [.. Queries.Of(query)] };
    }

    private static JsonValue Current(ServerUnderTest server, string path) => server.Send("GET", path).Body;

    private static JsonValue Identified(JsonValue body, string name, JsonValue? version)
    {
        JsonField[] metadata = [new("name", JsonValue.OfText(name)), .. (body["metadata"]?.Fields ?? default).Where(field => field.Name is not ("name" or "resourceVersion")), .. version is null ? (JsonField[])[] : [new JsonField("resourceVersion", version)]];
        return JsonValue.OfObject([new("metadata", JsonValue.OfObject([.. metadata])), .. body.Fields.Where(field => field.Name != "metadata")]);
    }

    private static JsonValue Modify(JsonValue? target, ReadOnlySpan<string> path, JsonValue value)
    {
        if (path.IsEmpty)
        {
            return value;
        }

        string step = path[0];
        if (target?.Kind == JsonValueKind.Array || step == "+")
        {
            List<JsonValue> items = [.. target?.Items ?? default];
            int place = step == "+" ? items.Count : int.Parse(step, CultureInfo.InvariantCulture);
            JsonValue changed = Modify(place < items.Count ? items[place] : null, path[1..], value);
            if (place < items.Count)
            {
                items[place] = changed;
            }
            else
            {
                items.Add(changed);
            }

            return JsonValue.OfList([.. items]);
        }

        JsonValue member = Modify(target?[step], path[1..], value);
        return JsonValue.OfObject([.. (target?.Fields ?? default).Where(field => field.Name != step), .. member.Kind == JsonValueKind.Null ? (JsonField[])[] : [new JsonField(step, member)]]);
    }
}
