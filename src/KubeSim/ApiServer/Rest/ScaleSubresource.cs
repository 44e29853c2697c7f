using KubeSim.Api;
using KubeSim.ApiServer.Patching;
using KubeSim.ApiServer.Validation;

namespace KubeSim.ApiServer.Rest;

/// <summary>How many Pods a workload wants and has, as an object of its own.</summary>
/// <source>kubernetes v1.36, pkg/registry/apps/deployment/storage/storage.go, ScaleREST</source>
internal sealed class ScaleSubresource(KubeApiServer server)
{
    private static readonly ResourceType Scale = new("autoscaling", "v1", "Scale", "scales", true);

    internal static bool Has(ResourceType resource) => resource.Equals(ResourceType.Deployment) || resource.Equals(ResourceType.ReplicaSet);

    internal RestResponse Answer(RestExchange exchange)
    {
        RestPath path = exchange.Path;
        if (exchange.Request.Method is not ("GET" or "PUT" or "PATCH"))
        {
            throw Refusal.MethodNotAllowed();
        }

        KubernetesObject workload = server.Find(path.Resource, path.ObjectName) ?? throw Refusal.NotFound(path.Resource, path.Name);
        JsonValue scale = Of(workload);
        JsonValue? wanted = exchange.Request.Method switch
        {
            "PUT" => exchange.Request.Body,
            "PATCH" => new ObjectPatch(RequestBody.PatchTypeOf(exchange.Request), exchange.Request.Body ?? JsonValue.Null).Apply(scale, Scale),
            _ => null,
        };
        return new RestResponse(200, wanted is null ? scale : Of(Scaled(workload, wanted)));
    }

    private KubernetesObject Scaled(KubernetesObject workload, JsonValue wanted)
    {
        long replicas = wanted["spec"]?["replicas"] is { } given && given.TryGetNumber(out long number) ? number : 0;
        if (replicas < 0)
        {
            var errors = new FieldErrors();
            errors.Invalid("spec.replicas", replicas, "must be greater than or equal to 0");
            throw Refusal.Invalid(Scale, workload.Metadata.Name, errors.Causes);
        }

        ObjectMeta metadata = workload.Metadata with { ResourceVersion = wanted["metadata"]?["resourceVersion"]?.Text };
        return server.Replace<KubernetesObject>(workload switch
        {
            Deployment deployment => deployment with { Metadata = metadata, Spec = deployment.Spec with { Replicas = (int)replicas } },
            _ => (ReplicaSet)workload with { Metadata = metadata, Spec = ((ReplicaSet)workload).Spec with { Replicas = (int)replicas } },
        });
    }

    private static JsonValue Of(KubernetesObject workload)
    {
        (int? wanted, int? present, LabelSelector? selector) = workload switch
        {
            Deployment deployment => (deployment.Spec.Replicas, deployment.Status.Replicas, deployment.Spec.Selector),
            _ => (((ReplicaSet)workload).Spec.Replicas, ((ReplicaSet)workload).Status.Replicas, ((ReplicaSet)workload).Spec.Selector),
        };
        ObjectMeta given = workload.Metadata;
        var metadata = new ObjectMeta
        {
            Name = given.Name,
            Namespace = given.Namespace,
            Uid = given.Uid,
            ResourceVersion = given.ResourceVersion,
            CreationTimestamp = given.CreationTimestamp,
        };
        var status = new List<JsonField> { new("replicas", JsonValue.OfNumber(present ?? 0)) };
        if (Selector.Of(selector).ToString() is { Length: > 0 } text)
        {
            status.Add(new JsonField("selector", JsonValue.OfText(text)));
        }

        return JsonValue.OfObject(
        [
            new("kind", JsonValue.OfText(Scale.Kind)),
            new("apiVersion", JsonValue.OfText(Scale.ApiVersion)),
            new("metadata", FieldMap.Write<ObjectMeta>(metadata, ObjectMeta.Map)),
            new("spec", JsonValue.OfObject(wanted is null or 0 ? [] : [new JsonField("replicas", JsonValue.OfNumber(wanted.Value))])),
            new("status", JsonValue.OfObject([.. status])),
        ]);
    }
}
