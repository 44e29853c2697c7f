using KubeSim.Api;
using KubeSim.Collections;

namespace KubeSim.ApiServer.Rest;

/// <summary>A Status as the server writes it.</summary>
/// <source>kubernetes v1.36, apimachinery pkg/apis/meta/v1/types.go, Status</source>
internal static class StatusBody
{
    internal static JsonValue OfFailure(Status status) => Of("Failure", status.Message, status.Reason, DetailsOf(status.Details), status.Code);

    /// <summary>An object is gone of which the server does not show the last state.</summary>
    internal static JsonValue OfDeletion(KubernetesObject gone) => Of(
        "Success", "", "", DetailsOf(new StatusDetails { Name = gone.Metadata.Name, Group = gone.Resource.Group, Kind = gone.Resource.Plural, Uid = gone.Metadata.Uid }), 0);

    /// <summary>Something was done that leaves nothing to show.</summary>
    internal static JsonValue OfSuccess(int code) => Of("Success", "", "", null, code);

    private static JsonValue Of(string status, string message, string reason, JsonValue? details, int code)
    {
        var fields = new List<JsonField>
        {
            new("kind", JsonValue.OfText("Status")), new("apiVersion", JsonValue.OfText("v1")), new("metadata", JsonValue.OfObject([])), new("status", JsonValue.OfText(status)),
        };
        AddText(fields, "message", message);
        AddText(fields, "reason", reason);
        if (details is not null)
        {
            fields.Add(new JsonField("details", details));
        }

        if (code != 0)
        {
            fields.Add(new JsonField("code", JsonValue.OfNumber(code)));
        }

        return JsonValue.OfObject([.. fields]);
    }

    private static JsonValue? DetailsOf(StatusDetails? details)
    {
        if (details is null)
        {
            return null;
        }

        var fields = new List<JsonField>();
        AddText(fields, "name", details.Name);
        AddText(fields, "group", details.Group);
        AddText(fields, "kind", details.Kind);
        AddText(fields, "uid", details.Uid);
        if (!details.Causes.IsEmpty)
        {
            fields.Add(new JsonField("causes", JsonValue.OfList(details.Causes.Select(CauseOf).ToEquatableArray())));
        }

        return JsonValue.OfObject([.. fields]);
    }

    private static JsonValue CauseOf(StatusCause cause)
    {
        var fields = new List<JsonField>();
        AddText(fields, "reason", cause.Reason);
        AddText(fields, "message", cause.Message);
        AddText(fields, "field", cause.Field);
        return JsonValue.OfObject([.. fields]);
    }

    private static void AddText(List<JsonField> fields, string name, string? text)
    {
        if (!string.IsNullOrEmpty(text))
        {
            fields.Add(new JsonField(name, JsonValue.OfText(text)));
        }
    }
}
