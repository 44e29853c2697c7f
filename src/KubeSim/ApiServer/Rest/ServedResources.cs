using KubeSim.Api;

namespace KubeSim.ApiServer.Rest;

/// <summary>The resources that the server has, by the names they have in paths.</summary>
/// <source>kubernetes v1.36, the discovery documents of kube-apiserver</source>
internal static class ServedResources
{
    /// <summary>The kinds that are stored as they come.</summary>
    private static readonly (string ApiVersion, string Kind)[] Carried =
    [
        ("v1", "ConfigMap"), ("v1", "Secret"), ("v1", "Event"), ("v1", "ServiceAccount"), ("v1", "PersistentVolume"), ("v1", "PersistentVolumeClaim"), ("v1", "LimitRange"),
        ("v1", "ReplicationController"), ("v1", "ResourceQuota"), ("v1", "PodTemplate"), ("apps/v1", "DaemonSet"), ("apps/v1", "StatefulSet"), ("apps/v1", "ControllerRevision"),
        ("autoscaling/v2", "HorizontalPodAutoscaler"), ("batch/v1", "Job"), ("batch/v1", "CronJob"), ("coordination.k8s.io/v1", "Lease"), ("events.k8s.io/v1", "Event"),
        ("networking.k8s.io/v1", "Ingress"), ("networking.k8s.io/v1", "IngressClass"), ("networking.k8s.io/v1", "NetworkPolicy"), ("networking.k8s.io/v1", "IPAddress"),
        ("networking.k8s.io/v1", "ServiceCIDR"), ("policy/v1", "PodDisruptionBudget"), ("rbac.authorization.k8s.io/v1", "Role"), ("rbac.authorization.k8s.io/v1", "RoleBinding"),
        ("rbac.authorization.k8s.io/v1", "ClusterRole"), ("rbac.authorization.k8s.io/v1", "ClusterRoleBinding"), ("scheduling.k8s.io/v1", "PriorityClass"),
        ("storage.k8s.io/v1", "StorageClass"), ("node.k8s.io/v1", "RuntimeClass"),
    ];

    private static readonly Dictionary<(string ApiVersion, string Plural), ResourceType> ByName =
        KnownResources.Modelled.Concat(Carried.Select(kind => KnownResources.OfKind(kind.ApiVersion, kind.Kind))).ToDictionary(resource => (resource.ApiVersion, resource.Plural));

    /// <summary>Whether there is such a kind.</summary>
    internal static bool IsKind(string apiVersion, string kind) => ByName.Values.Any(resource => resource.ApiVersion == apiVersion && resource.Kind == kind);

    internal static ResourceType? Find(string apiVersion, string plural) => ByName.GetValueOrDefault((apiVersion, plural));
}
