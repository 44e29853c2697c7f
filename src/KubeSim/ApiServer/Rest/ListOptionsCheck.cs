using KubeSim.Api;
using KubeSim.ApiServer.Validation;

namespace KubeSim.ApiServer.Rest;

/// <summary>Which parameters of lists and watches go together.</summary>
/// <source>kubernetes v1.36, apimachinery pkg/apis/meta/internalversion/validation/validation.go</source>
internal static class ListOptionsCheck
{
    private const string Match = "resourceVersionMatch";
    private const string Exact = "Exact";
    private const string NotOlderThan = "NotOlderThan";

    private static readonly ResourceType Kind = new("meta.k8s.io", "v1", "ListOptions", "listoptions", false);

    /// <exception cref="ApiException">422: some do not.</exception>
    internal static void Check(RestRequest request)
    {
        var errors = new FieldErrors();
        string match = request.Parameter(Match) ?? "";
        if (request.IsOn("watch"))
        {
            CheckWatch(errors, match, request.Parameter("sendInitialEvents") is not null);
        }
        else if (match.Length > 0)
        {
            CheckList(errors, match, request);
        }

        if (!errors.IsEmpty)
        {
            throw Refusal.Invalid(Kind, "", errors.Causes);
        }
    }

    private static void CheckWatch(FieldErrors errors, string match, bool sendsInitialEvents)
    {
        if (sendsInitialEvents && match != NotOlderThan)
        {
            errors.Forbidden(Match, $"sendInitialEvents requires setting resourceVersionMatch to {NotOlderThan}");
        }

        if (match.Length > 0 && !sendsInitialEvents)
        {
            errors.Forbidden(Match, "resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided");
        }
    }

    private static void CheckList(FieldErrors errors, string match, RestRequest request)
    {
        string version = request.Parameter("resourceVersion") ?? "";
        if (version.Length == 0)
        {
            errors.Forbidden(Match, "resourceVersionMatch is forbidden unless resourceVersion is provided");
        }

        if (!string.IsNullOrEmpty(request.Parameter("continue")))
        {
            errors.Forbidden(Match, "resourceVersionMatch is forbidden when continue is provided");
        }

        if (match is not (Exact or NotOlderThan))
        {
            errors.NotSupported(Match, match, Exact, NotOlderThan, "");
        }

        if (match == Exact && version == "0")
        {
            errors.Forbidden(Match, "resourceVersionMatch \"exact\" is forbidden for resourceVersion \"0\"");
        }
    }
}
