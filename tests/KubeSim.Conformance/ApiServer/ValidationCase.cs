using KubeSim.Api;
using KubeSim.ApiServer.Rest;
using KubeSim.ApiServer.Validation;
using KubeSim.Conformance.Reading;

namespace KubeSim.Conformance.ApiServer;

/// <summary>
/// An object of upstream's own test tables: the verdict of validation alone, and what the live server did with it. Where the two differ the live
/// server is right.
/// </summary>
internal static class ValidationCase
{
    public static void Run(CaseNode node)
    {
        node.Skip("name", "source", "liveVersion", "notReplayed");
        var findings = new Findings();
        string operation = node["op"].Text;
        JsonValue value = Repeats.Expand(node["object"].Whole);
        JsonValue? old = node.Find("old") is { } before ? Repeats.Expand(before.Whole) : null;
        CaseNode live = node["liveApiServer"];
        bool isContradicted = live.Find("sameVerdictAsValidator")?.Boolean == false || Differ(live.Find("causes"), node["errors"]);
        CheckVerdict(node, operation, old, value, isContradicted, findings);
        var server = new ServerUnderTest("1.2.3.0/24,2001::/112", "1-32767", "10.0.0.0/24", "8.6.7.0/24", "2002::/112");
        if (live.Find("skipped") is { } skipped)
        {
            _ = skipped.Text;
            if (live.Find("create") is { } create)
            {
                Answers.Check(create, Create(server, old!, CollectionOf(old!)), new Comparison(findings, new Tokens()));
            }

            findings.Conclude();
            return;
        }

        string[] request = live["request"].Text.Split(' ');
        if (old is not null)
        {
            value = WithVersionOfOld(live, server, request[1], old, value);
        }

        server.EnsureNamespace(LiveCase.NamespaceOf(request[1]));
        var tokens = new Tokens { Sent = $"{old}{value}" };
        CheckLive(live, server.Send(request[0], request[1], old is null ? WithoutVersion(value) : value), new Comparison(findings, tokens));
        findings.Conclude();
    }

    private static JsonValue WithVersionOfOld(CaseNode live, ServerUnderTest server, string path, JsonValue old, JsonValue value)
    {
        RestResponse created = Create(server, old, path[..path.LastIndexOf($"/{old["metadata"]?["name"]?.Text}", StringComparison.Ordinal)]);
        return created.Code == 201 ? With(value, "metadata", With(value["metadata"]!, "resourceVersion", created.Body["metadata"]!["resourceVersion"]!))
            : throw live.Wrong($"needs the old object, which is refused: {created.Body["message"]?.Text}");
    }

    private static void CheckLive(CaseNode live, RestResponse response, Comparison comparison)
    {
        Answers.Check(live, response, comparison);
        comparison.Findings.Check(live["accepted"], response.Code < 400, live["accepted"].Boolean);
        if (live.Find("storedSpec") is { } stored)
        {
            comparison.Check(stored, response.Body["spec"], stored.Whole, "spec");
        }
    }

    private static void CheckVerdict(CaseNode node, string operation, JsonValue? old, JsonValue value, bool isContradicted, Findings findings)
    {
        bool isValid = node["valid"].Boolean;
        string[] expected = [.. node["errors"].Items.Select(error => $"{error["type"].Text} {error["field"].Text}")];
        foreach (CaseNode error in node["errors"].Items)
        {
            error.Skip("message", "messageContains");
        }

        if (isContradicted)
        {
            return;
        }

        ResourceType resource = KnownResources.OfKind(value["apiVersion"]!.Text!, value["kind"]!.Text!);
        KubernetesObject given = ObjectMapping.Read(value, resource);
        var errors = new FieldErrors();
        if (old is null)
        {
            ObjectValidator.Check(errors, given);
        }
        else
        {
            KubernetesObject before = ObjectMapping.Read(old, resource);
            Action<FieldErrors, KubernetesObject, KubernetesObject> check = operation switch
            {
                "update" => ObjectValidator.CheckUpdate,
                "updateStatus" => ObjectValidator.CheckStatus,
                "updateFinalize" => ObjectValidator.CheckFinalize,
                _ => throw node["op"].Wrong("is no known operation"),
            };
            check(errors, before, given);
        }

        findings.Check(node["valid"], errors.IsEmpty, isValid, "validation alone");
        findings.CheckSet(node["errors"], errors.Causes.Select(cause => $"{cause.Reason["FieldValue".Length..]} {cause.Field}"), expected, "validation alone");
    }

    private static bool Differ(CaseNode? causes, CaseNode errors) => causes is not null
        && !causes.Items.Select(cause => $"{cause.Find("reason")?.Text} {cause.Find("field")?.Text}").Order(StringComparer.Ordinal).SequenceEqual(
            errors.Items.Select(error => $"FieldValue{error["type"].Text} {error["field"].Text}").Order(StringComparer.Ordinal), StringComparer.Ordinal);

    private static RestResponse Create(ServerUnderTest server, JsonValue value, string path)
    {
        server.EnsureNamespace(LiveCase.NamespaceOf(path + "/x"));
        return server.Send("POST", path, WithoutVersion(value));
    }

    private static string CollectionOf(JsonValue value)
    {
        ResourceType resource = KnownResources.OfKind(value["apiVersion"]!.Text!, value["kind"]!.Text!);
        string root = resource.Group.Length == 0 ? "/api/v1" : $"/apis/{resource.ApiVersion}";
        return resource.IsNamespaced ? $"{root}/namespaces/{value["metadata"]?["namespace"]?.Text ?? "default"}/{resource.Plural}" : $"{root}/{resource.Plural}";
    }

    private static JsonValue WithoutVersion(JsonValue value) => value["metadata"] is not { } metadata ? value
        : With(value, "metadata", JsonValue.OfObject([.. metadata.Fields.Where(field => field.Name != "resourceVersion")]));

    private static JsonValue With(JsonValue value, string name, JsonValue member) =>
        JsonValue.OfObject([.. value.Fields.Where(field => field.Name != name), new JsonField(name, member)]);
}
