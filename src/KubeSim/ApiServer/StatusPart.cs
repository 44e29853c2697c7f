using KubeSim.Api;

namespace KubeSim.ApiServer;

/// <summary>The part of an object that is written on its own, by the component that owns it.</summary>
internal static class StatusPart
{
    private const string Status = "status";

    /// <summary>Whether the resource has a path for the status alone.</summary>
    internal static bool IsSeparate(ResourceType resource) =>
        resource is { Group: "", Kind: "Pod" or "Service" or "Node" or "Namespace" } or { Group: "apps" or "batch" or "policy", Kind: not "ControllerRevision" };

    /// <summary>The object with another one's status; the object itself where its kind keeps its status with the rest.</summary>
    internal static KubernetesObject From(KubernetesObject source, KubernetesObject value) => (value, source) switch
    {
        (Pod pod, Pod from) => ReferenceEquals(pod.Status, from.Status) ? pod : pod with { Status = from.Status },
        (Service service, Service from) => ReferenceEquals(service.Status, from.Status) ? service : service with { Status = from.Status },
        (Node node, Node from) => ReferenceEquals(node.Status, from.Status) ? node : node with { Status = from.Status },
        (Namespace space, Namespace from) => ReferenceEquals(space.Status, from.Status) ? space : space with { Status = from.Status },
        (Deployment deployment, Deployment from) => ReferenceEquals(deployment.Status, from.Status) ? deployment : deployment with { Status = from.Status },
        (ReplicaSet set, ReplicaSet from) => ReferenceEquals(set.Status, from.Status) ? set : set with { Status = from.Status },
        (UnstructuredObject other, UnstructuredObject from) => WithStatus(other, from.Carried[Status]),
        _ => value,
    };

    private static UnstructuredObject WithStatus(UnstructuredObject value, JsonValue? status)
    {
        IEnumerable<JsonField> others = value.Carried.Fields.Where(field => field.Name != Status);
        return Equals(value.Carried[Status], status) ? value : value with { Carried = new CarriedFields([.. others, .. status is null ? (JsonField[])[] : [new(Status, status)]]) };
    }
}
