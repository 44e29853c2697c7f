using KubeSim.Api;

namespace KubeSim.ApiServer;

/// <summary>The part of an object that is written on its own, by the component that owns it.</summary>
internal static class StatusPart
{
    /// <summary>The object with another one's status; the object itself where its kind keeps its status with the rest.</summary>
    internal static KubernetesObject From(KubernetesObject source, KubernetesObject value) => (value, source) switch
    {
        (Pod pod, Pod from) => ReferenceEquals(pod.Status, from.Status) ? pod : pod with { Status = from.Status },
        (Service service, Service from) => ReferenceEquals(service.Status, from.Status) ? service : service with { Status = from.Status },
        (Node node, Node from) => ReferenceEquals(node.Status, from.Status) ? node : node with { Status = from.Status },
        (Namespace space, Namespace from) => ReferenceEquals(space.Status, from.Status) ? space : space with { Status = from.Status },
        (Deployment deployment, Deployment from) => ReferenceEquals(deployment.Status, from.Status) ? deployment : deployment with { Status = from.Status },
        (ReplicaSet set, ReplicaSet from) => ReferenceEquals(set.Status, from.Status) ? set : set with { Status = from.Status },
        _ => value,
    };

    /// <summary>A new object without the status that its author gave it; a Node comes with its own.</summary>
    internal static KubernetesObject Dropped(KubernetesObject value) => value switch
    {
        Pod { Status: var status } pod when !ReferenceEquals(status, PodStatus.Empty) => pod with { Status = PodStatus.Empty },
        Service { Status: var status } service when !ReferenceEquals(status, ServiceStatus.Empty) => service with { Status = ServiceStatus.Empty },
        Namespace { Status: var status } space when !ReferenceEquals(status, NamespaceStatus.Empty) => space with { Status = NamespaceStatus.Empty },
        Deployment { Status: var status } deployment when !ReferenceEquals(status, DeploymentStatus.Empty) => deployment with { Status = DeploymentStatus.Empty },
        ReplicaSet { Status: var status } set when !ReferenceEquals(status, ReplicaSetStatus.Empty) => set with { Status = ReplicaSetStatus.Empty },
        _ => value,
    };
}
