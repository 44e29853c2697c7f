using System.Globalization;
using KubeSim.Api;
using KubeSim.Collections;

namespace KubeSim.ApiServer.Rest;

/// <summary>Lists as the server writes them.</summary>
internal static class ListAnswer
{
    /// <exception cref="ApiException">The selectors, the limit or the version cannot be read.</exception>
    internal static JsonValue Of(KubeApiServer server, RestExchange exchange)
    {
        ListOptionsCheck.Check(exchange.Request);
        if (exchange.Request.Parameter("limit") is { } limit && !long.TryParse(limit, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _))
        {
            throw Refusal.BadRequest($"strconv.ParseInt: parsing \"{limit}\": invalid syntax");
        }

        return Of(exchange.Path.Resource, server.Version, server.List(exchange.Path.Resource, exchange.Selection));
    }

    /// <summary>The items do not say their kind.</summary>
    internal static JsonValue Of(ResourceType resource, long version, IReadOnlyList<KubernetesObject> items) => JsonValue.OfObject(
    [
        new("kind", JsonValue.OfText($"{resource.Kind}List")),
        new("apiVersion", JsonValue.OfText(resource.ApiVersion)),
        new("metadata", JsonValue.OfObject([new("resourceVersion", JsonValue.OfText(version.ToString(CultureInfo.InvariantCulture)))])),
        new("items", JsonValue.OfList(items.Select(item => JsonValue.OfObject([.. ObjectMapping.Write(item).Fields.AsSpan()[2..]])).ToEquatableArray())),
    ]);
}
