using KubeSim.Api;
using KubeSim.ApiServer.Patching;
using KubeSim.ApiServer.Warnings;

namespace KubeSim.ApiServer.Rest;

/// <summary>The server's paths and verbs: what HTTP clients ask for, answered as the real server answers.</summary>
/// <source>kubernetes v1.36, apiserver pkg/endpoints/handlers</source>
internal sealed class RestApi(KubeApiServer server)
{
    private const string Status = "status";

    /// <summary>Answers a request; a refusal is an answer, too.</summary>
    internal RestResponse Handle(RestRequest request)
    {
        var warnings = new List<string>();
        RestResponse response;
        try
        {
            RestPath path = RestPath.Parse(request.Path) ?? throw Refusal.NoSuchResource();
            warnings.AddRange(ObjectWarnings.OfResource(path.Resource));
            response = Answer(new RestExchange(request, path, warnings));
        }
        catch (ApiException refusal)
        {
            response = new RestResponse(refusal.Status.Code, StatusBody.OfFailure(refusal.Status));
        }

        return response with { Warnings = [.. warnings] };
    }

    /// <summary>Opens a watch; a refusal is its answer.</summary>
    /// <exception cref="ApiException">404: nothing is served there.</exception>
    internal RestWatch Watch(RestRequest request) => new(server, new RestExchange(request, RestPath.Parse(request.Path) ?? throw Refusal.NoSuchResource(), []));

    private RestResponse Answer(RestExchange exchange)
    {
        RestPath path = exchange.Path;
        if (!path.IsObject)
        {
            return exchange.Request.Method switch
            {
                "GET" => new RestResponse(200, ListAnswer.Of(server, exchange)),
                "POST" when path.Namespace.Length > 0 || !path.Resource.IsNamespaced => Create(exchange),
                "DELETE" when !path.Resource.Equals(ResourceType.Namespace) => DeleteCollection(exchange),
                _ => throw Refusal.MethodNotAllowed(),
            };
        }

        return path.Subresource switch
        {
            "" => Object(exchange),
            Status when StatusPart.IsSeparate(path.Resource) => StatusOf(exchange),
            "scale" when ScaleSubresource.Has(path.Resource) => new ScaleSubresource(server).Answer(exchange),
            "binding" when path.Resource.Equals(ResourceType.Pod) => Bind(exchange),
            "eviction" when path.Resource.Equals(ResourceType.Pod) => Evict(exchange),
            "finalize" when path.Resource.Equals(ResourceType.Namespace) => Finalize(exchange),
            _ => throw Refusal.NoSuchResource(),
        };
    }

    private RestResponse Object(RestExchange exchange) => exchange.Request.Method switch
    {
        "GET" => Shown(200, Existing(exchange.Path)),
        "PUT" => Replace(exchange),
        "PATCH" => Patch(exchange, isStatus: false),
        "DELETE" => Delete(exchange),
        _ => throw Refusal.MethodNotAllowed(),
    };

    private RestResponse StatusOf(RestExchange exchange) => exchange.Request.Method switch
    {
        "GET" => Shown(200, Existing(exchange.Path)),
        "PUT" => Shown(200, Run(exchange, () => server.ReplaceStatus(Sent(exchange)))),
        "PATCH" => Patch(exchange, isStatus: true),
        _ => throw Refusal.MethodNotAllowed(),
    };

    private RestResponse Create(RestExchange exchange)
    {
        RestPath path = exchange.Path;
        KubernetesObject value = RequestBody.Read(exchange);
        if (value.Metadata.Namespace.Length > 0 && value.Metadata.Namespace != path.Namespace && path.Resource.IsNamespaced)
        {
            throw Refusal.BadRequest("the namespace of the provided object does not match the namespace sent on the request");
        }

        exchange.Warnings.AddRange(ObjectWarnings.OfRequest(value));
        KubernetesObject created = Run(exchange, () => server.Create(value with { Metadata = value.Metadata with { Namespace = path.Namespace } }));
        exchange.Warnings.AddRange(ObjectWarnings.OfCreate(created));
        return Shown(201, exchange.IsDryRun ? created with { Metadata = created.Metadata with { ResourceVersion = null } } : created);
    }

    private RestResponse Replace(RestExchange exchange)
    {
        KubernetesObject value = Sent(exchange);
        KubernetesObject? old = server.Find(exchange.Path.Resource, exchange.Path.ObjectName);
        KubernetesObject stored = Run(exchange, () => server.Replace(value));
        exchange.Warnings.AddRange(old is null ? ObjectWarnings.OfCreate(stored) : ObjectWarnings.OfUpdate(old, stored));
        return Shown(old is null ? 201 : 200, stored);
    }

    private RestResponse Patch(RestExchange exchange, bool isStatus)
    {
        KubernetesObject old = Existing(exchange.Path);
        var patch = new ObjectPatch(RequestBody.PatchTypeOf(exchange.Request), exchange.Request.Body ?? JsonValue.Null);
        KubernetesObject stored = Run(exchange, () => server.Patch(old, patch, isStatus, fields => RequestBody.CheckUnknownOfPatch(exchange, patch.Body, fields)));
        if (!isStatus)
        {
            exchange.Warnings.AddRange(ObjectWarnings.OfUpdate(old, stored));
        }

        return Shown(200, stored);
    }

    private RestResponse Delete(RestExchange exchange)
    {
        DeleteOptions options = RequestBody.ReadDeleteOptions(exchange.Request);
        KubernetesObject old = Existing(exchange.Path);
        KubernetesObject left = Run(exchange, () => server.Remove(old, options));
        bool isGone = exchange.IsDryRun ? left.Metadata.Finalizers.IsEmpty : server.Find(exchange.Path.Resource, exchange.Path.ObjectName) is null;
        return !isGone ? Shown(200, left) : ShowsDeleted(exchange.Path.Resource) ? Shown(200, exchange.IsDryRun ? old : left) : new RestResponse(200, StatusBody.OfDeletion(old));
    }

    /// <summary>Most resources answer with a Status when an object is gone.</summary>
    private static bool ShowsDeleted(ResourceType resource) => resource is { Group: "", Kind: "Pod" or "Service" or "Namespace" or "ServiceAccount" or "PersistentVolume" or "PersistentVolumeClaim" };

    private RestResponse DeleteCollection(RestExchange exchange)
    {
        DeleteOptions options = RequestBody.ReadDeleteOptions(exchange.Request);
        IReadOnlyList<KubernetesObject> chosen = server.List(exchange.Path.Resource, exchange.Selection);
        var answer = new RestResponse(200, ListAnswer.Of(exchange.Path.Resource, server.Version, chosen));
        foreach (KubernetesObject value in chosen)
        {
            Run(exchange, () => server.Remove(value, options));
        }

        return answer;
    }

    private RestResponse Bind(RestExchange exchange)
    {
        CheckMethod(exchange, "POST");
        Run(exchange, () => server.Bind(exchange.Path.ObjectName, exchange.Request.Body?["target"]?["name"]?.Text ?? ""));
        return new RestResponse(201, StatusBody.OfSuccess(201));
    }

    private RestResponse Evict(RestExchange exchange)
    {
        CheckMethod(exchange, "POST");
        JsonValue body = exchange.Request.Body ?? JsonValue.Null;
        if (body["metadata"]?["name"]?.Text is { } named && named != exchange.Path.Name)
        {
            throw Refusal.BadRequest("name in URL does not match name in Eviction object");
        }

        KubernetesObject pod = Existing(exchange.Path);
        Run(exchange, () => server.Remove(pod, RequestBody.ReadDeleteOptions(body["deleteOptions"])));
        return new RestResponse(201, StatusBody.OfSuccess(201));
    }

    private RestResponse Finalize(RestExchange exchange)
    {
        CheckMethod(exchange, "PUT");
        return Shown(200, server.Finalize((Namespace)Sent(exchange)));
    }

    private static void CheckMethod(RestExchange exchange, string method)
    {
        if (exchange.Request.Method != method)
        {
            throw Refusal.MethodNotAllowed();
        }
    }

    /// <summary>The object that a PUT brings, at its place.</summary>
    private static KubernetesObject Sent(RestExchange exchange)
    {
        KubernetesObject value = RequestBody.Read(exchange);
        ObjectUpdate.CheckPlace(exchange.Path.ObjectName, value.Metadata);
        return value with { Metadata = value.Metadata with { Namespace = exchange.Path.Namespace } };
    }

    private T Run<T>(RestExchange exchange, Func<T> change) => exchange.IsDryRun ? server.DryRun(change) : change();

    private KubernetesObject Existing(RestPath path) => server.Find(path.Resource, path.ObjectName) ?? throw Refusal.NotFound(path.Resource, path.Name);

    private static RestResponse Shown(int code, KubernetesObject value) => new(code, ObjectMapping.Write(value));
}
