namespace KubeSim.Api;

/// <summary>Which resource serves a kind, also for kinds that are only carried.</summary>
/// <source>kubernetes v1.36, the discovery documents of kube-apiserver</source>
internal static class KnownResources
{
    /// <summary>The kinds with records of their own.</summary>
    internal static readonly ResourceType[] Modelled =
    [
        ResourceType.Namespace, ResourceType.Node, ResourceType.Pod, ResourceType.Service, ResourceType.Endpoints, ResourceType.EndpointSlice,
        ResourceType.Deployment, ResourceType.ReplicaSet,
    ];

    /// <summary>Kinds of the cluster itself, by group; every other kind that is not modelled is taken to live in namespaces.</summary>
    private static readonly string[] ClusterScoped =
    [
        "/PersistentVolume", "/ComponentStatus", "rbac.authorization.k8s.io/ClusterRole", "rbac.authorization.k8s.io/ClusterRoleBinding",
        "apiextensions.k8s.io/CustomResourceDefinition", "storage.k8s.io/StorageClass", "storage.k8s.io/CSIDriver", "storage.k8s.io/CSINode",
        "storage.k8s.io/VolumeAttachment", "scheduling.k8s.io/PriorityClass", "node.k8s.io/RuntimeClass", "networking.k8s.io/IngressClass",
        "networking.k8s.io/IPAddress", "networking.k8s.io/ServiceCIDR", "admissionregistration.k8s.io/MutatingWebhookConfiguration",
        "admissionregistration.k8s.io/ValidatingWebhookConfiguration", "admissionregistration.k8s.io/ValidatingAdmissionPolicy",
        "admissionregistration.k8s.io/ValidatingAdmissionPolicyBinding", "apiregistration.k8s.io/APIService", "certificates.k8s.io/CertificateSigningRequest",
        "flowcontrol.apiserver.k8s.io/FlowSchema", "flowcontrol.apiserver.k8s.io/PriorityLevelConfiguration", "gateway.networking.k8s.io/GatewayClass",
        "resource.k8s.io/DeviceClass", "resource.k8s.io/ResourceSlice", "resource.k8s.io/DeviceTaintRule", "resource.k8s.io/ResourcePoolStatusRequest",
        "admissionregistration.k8s.io/MutatingAdmissionPolicy", "admissionregistration.k8s.io/MutatingAdmissionPolicyBinding",
        "authentication.k8s.io/SelfSubjectReview", "authentication.k8s.io/TokenReview", "authorization.k8s.io/SelfSubjectAccessReview",
        "authorization.k8s.io/SelfSubjectRulesReview", "authorization.k8s.io/SubjectAccessReview", "certificates.k8s.io/ClusterTrustBundle",
        "internal.apiserver.k8s.io/StorageVersion", "storage.k8s.io/VolumeAttributesClass", "storagemigration.k8s.io/StorageVersionMigration",
        "cert-manager.io/ClusterIssuer",
    ];

    private static readonly Dictionary<Type, ResourceType> ByType = new()
    {
        [typeof(Namespace)] = ResourceType.Namespace,
        [typeof(Node)] = ResourceType.Node,
        [typeof(Pod)] = ResourceType.Pod,
        [typeof(Service)] = ResourceType.Service,
        [typeof(Endpoints)] = ResourceType.Endpoints,
        [typeof(EndpointSlice)] = ResourceType.EndpointSlice,
        [typeof(Deployment)] = ResourceType.Deployment,
        [typeof(ReplicaSet)] = ResourceType.ReplicaSet,
    };

    /// <summary>The resource of a record type.</summary>
    /// <exception cref="InvalidOperationException">The type stands for no one kind.</exception>
    internal static ResourceType Of<T>()
        where T : KubernetesObject =>
        ByType.TryGetValue(typeof(T), out ResourceType? resource) ? resource : throw new InvalidOperationException($"{typeof(T).Name} stands for no one kind of object; name the resource.");

    /// <summary>The resource of a kind as an object spells it.</summary>
    internal static ResourceType OfKind(string apiVersion, string kind)
    {
        foreach (ResourceType known in Modelled)
        {
            if (known.Kind == kind && known.ApiVersion == apiVersion)
            {
                return known;
            }
        }

        int slash = apiVersion.IndexOf('/', StringComparison.Ordinal);
        string group = slash < 0 ? "" : apiVersion[..slash];
        bool isNamespaced = !ClusterScoped.Contains($"{group}/{kind}", StringComparer.Ordinal);
        return new ResourceType(group, apiVersion[(slash + 1)..], kind, PluralOf(kind), isNamespaced);
    }

    /// <summary>Kubernetes' own rule for names of resources that nobody declared.</summary>
    /// <source>kubernetes v1.36, apimachinery pkg/api/meta, UnsafeGuessKindToResource</source>
    private static string PluralOf(string kind)
    {
        string singular = kind.ToLowerInvariant();
        return singular switch
        {
            "" => "",
            "endpoints" => singular,
            [.., 's'] => singular + "es",
            [.., 'y'] => singular[..^1] + "ies",
            _ => singular + "s",
        };
    }
}
