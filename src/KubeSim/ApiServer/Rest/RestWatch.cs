using System.Globalization;
using KubeSim.Api;

namespace KubeSim.ApiServer.Rest;

/// <summary>A watch that a client holds open: what it was sent until now.</summary>
/// <source>kubernetes v1.36, apiserver pkg/endpoints/handlers/watch.go</source>
internal sealed class RestWatch : IDisposable
{
    private const int ShortestWithBookmark = 2;

    private readonly List<JsonValue> _events = [];
    private readonly KubeApiServer _server;
    private readonly RestExchange _exchange;
    private readonly IDisposable? _subscription;

    internal RestWatch(KubeApiServer server, RestExchange exchange)
    {
        _server = server;
        _exchange = exchange;
        try
        {
            ListOptionsCheck.Check(exchange.Request);
            _subscription = server.Watch(
                exchange.Path.Resource,
                exchange.Selection with { ResourceVersion = exchange.Request.Parameter("resourceVersion") },
                (type, value) => Add(type switch { WatchEventType.Added => "ADDED", WatchEventType.Modified => "MODIFIED", _ => "DELETED" }, ObjectMapping.Write(value)));
        }
        catch (ApiException refusal) when (refusal.Status.Code == 410)
        {
            // What is too old is found out only when the answer has begun.
            Add("ERROR", StatusBody.OfFailure(refusal.Status));
        }
        catch (ApiException refusal)
        {
            Code = refusal.Status.Code;
            _events.Add(StatusBody.OfFailure(refusal.Status));
        }
    }

    /// <summary>The HTTP status code.</summary>
    internal int Code { get; } = 200;

    /// <summary>What was sent, in order.</summary>
    internal IReadOnlyList<JsonValue> Events => _events;

    /// <summary>The time that the client gave is over: who wants bookmarks gets one just before.</summary>
    internal void End()
    {
        if (_subscription is not null && _exchange.Request.IsOn("allowWatchBookmarks")
            && int.TryParse(_exchange.Request.Parameter("timeoutSeconds"), CultureInfo.InvariantCulture, out int seconds) && seconds > ShortestWithBookmark)
        {
            ResourceType resource = _exchange.Path.Resource;
            Add("BOOKMARK", JsonValue.OfObject(
            [
                new("kind", JsonValue.OfText(resource.Kind)),
                new("apiVersion", JsonValue.OfText(resource.ApiVersion)),
                new("metadata", JsonValue.OfObject([new("resourceVersion", JsonValue.OfText(_server.Version.ToString(CultureInfo.InvariantCulture)))])),
            ]));
        }

        Dispose();
    }

    public void Dispose() => _subscription?.Dispose();

    private void Add(string type, JsonValue value) => _events.Add(JsonValue.OfObject([new("type", JsonValue.OfText(type)), new("object", value)]));
}
