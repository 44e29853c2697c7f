using System.Globalization;
using KubeSim.Api;
using KubeSim.ApiServer.Rest;
using KubeSim.Conformance.Reading;

namespace KubeSim.Conformance.ApiServer;

/// <summary>What most sorts of cases say of an answer: its code, and how a refusal is worded.</summary>
internal static class Answers
{
    /// <summary>Checks <c>code</c>, <c>reason</c>, <c>message</c>, <c>causes</c> or <c>errors</c>, and <c>warnings</c>.</summary>
    public static void Check(CaseNode expected, RestResponse found, Comparison comparison)
    {
        JsonValue body = found.Body;
        bool isRefusal = found.Code >= 400;
        if (found.Code != expected["code"].Int)
        {
            comparison.Findings.Add(expected["code"], string.Create(CultureInfo.InvariantCulture, $"expected {expected["code"].Int}, found {found.Code}: {(isRefusal ? body["message"]?.Text : body)}"));
        }

        if (expected.Find("reason") is { } reason)
        {
            comparison.Findings.Check(reason, isRefusal ? body["reason"]?.Text ?? "" : "", reason.IsNull ? "" : reason.Text);
        }

        if (expected.Find("message") is { } message)
        {
            comparison.CheckText(message, isRefusal ? body["message"]?.Text : null, message.Text, "message");
        }

        if (expected.Find("causes") is { } causes)
        {
            CheckCauses(causes, body, comparison, static cause => cause.Find("reason")?.Text ?? "");
        }

        if (expected.Find("errors") is { IsList: true } errors)
        {
            CheckCauses(errors, body, comparison, static error => "FieldValue" + error["type"].Text);
        }

        if (!isRefusal || expected.Has("warnings"))
        {
            comparison.Findings.CheckList(expected, found.Warnings.Select(warning => $"299 - {JsonValue.OfText(warning)}"), expected.Find("warnings") is { IsNull: false } warnings ? warnings.Items.Select(one => one.Text) : []);
        }
    }

    private static void CheckCauses(CaseNode expected, JsonValue body, Comparison comparison, Func<CaseNode, string> reasonOf)
    {
        IReadOnlyList<JsonValue> found = [.. body["details"]?["causes"]?.Items ?? default];
        comparison.Findings.CheckList(
            expected, found.Select(cause => $"{cause["reason"]?.Text} {cause["field"]?.Text}"), expected.Items.Select(cause => $"{reasonOf(cause)} {cause.Find("field")?.Text}"));
        for (int i = 0; i < expected.Items.Count && i < found.Count; i++)
        {
            comparison.CheckText(expected.Items[i], found[i]["message"]?.Text, expected.Items[i]["message"].Text, "message");
        }
    }
}
