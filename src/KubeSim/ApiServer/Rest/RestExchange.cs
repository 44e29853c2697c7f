using KubeSim.Api;

namespace KubeSim.ApiServer.Rest;

/// <summary>One request on its way to its answer.</summary>
/// <param name="Request">The request.</param>
/// <param name="Path">What its path means.</param>
/// <param name="Warnings">What the answer will say besides.</param>
internal sealed record RestExchange(RestRequest Request, RestPath Path, List<string> Warnings)
{
    /// <summary>Whether nothing shall be stored.</summary>
    internal bool IsDryRun => Request.Parameter("dryRun") == "All";

    /// <summary>Which objects a request to a collection means.</summary>
    internal ListOptions Selection => new()
    {
        Namespace = Path.Namespace.Length == 0 ? null : Path.Namespace,
        LabelSelector = Request.Parameter("labelSelector"),
        FieldSelector = Request.Parameter("fieldSelector"),
    };
}
