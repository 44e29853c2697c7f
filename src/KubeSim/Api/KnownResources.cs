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

    /// <summary>Every other kind of a server's own groups that is stored as it comes: version, kind, and how kubectl calls it for short. A star marks kinds of the cluster itself.</summary>
    private static readonly string[] Carried =
    [
        "v1 ConfigMap cm", "v1 Secret", "v1 Event ev", "v1 ServiceAccount sa", "v1 PersistentVolume* pv", "v1 PersistentVolumeClaim pvc", "v1 LimitRange limits",
        "v1 ReplicationController rc", "v1 ResourceQuota quota", "v1 PodTemplate", "v1 ComponentStatus* cs", "v1 Binding",
        "apps/v1 DaemonSet ds", "apps/v1 StatefulSet sts", "apps/v1 ControllerRevision", "autoscaling/v1 HorizontalPodAutoscaler hpa", "autoscaling/v2 HorizontalPodAutoscaler hpa",
        "batch/v1 Job", "batch/v1 CronJob cj", "coordination.k8s.io/v1 Lease", "events.k8s.io/v1 Event ev",
        "networking.k8s.io/v1 Ingress ing", "networking.k8s.io/v1 IngressClass*", "networking.k8s.io/v1 NetworkPolicy netpol", "networking.k8s.io/v1 IPAddress* ip", "networking.k8s.io/v1 ServiceCIDR*",
        "policy/v1 PodDisruptionBudget pdb", "rbac.authorization.k8s.io/v1 Role", "rbac.authorization.k8s.io/v1 RoleBinding", "rbac.authorization.k8s.io/v1 ClusterRole*",
        "rbac.authorization.k8s.io/v1 ClusterRoleBinding*", "scheduling.k8s.io/v1 PriorityClass* pc", "node.k8s.io/v1 RuntimeClass*",
        "storage.k8s.io/v1 StorageClass* sc", "storage.k8s.io/v1 CSIDriver*", "storage.k8s.io/v1 CSINode*", "storage.k8s.io/v1 CSIStorageCapacity", "storage.k8s.io/v1 VolumeAttachment*",
        "storage.k8s.io/v1 VolumeAttributesClass* vac", "apiextensions.k8s.io/v1 CustomResourceDefinition* crd", "apiregistration.k8s.io/v1 APIService*",
        "admissionregistration.k8s.io/v1 MutatingWebhookConfiguration*", "admissionregistration.k8s.io/v1 ValidatingWebhookConfiguration*",
        "admissionregistration.k8s.io/v1 ValidatingAdmissionPolicy*", "admissionregistration.k8s.io/v1 ValidatingAdmissionPolicyBinding*",
        "admissionregistration.k8s.io/v1 MutatingAdmissionPolicy*", "admissionregistration.k8s.io/v1 MutatingAdmissionPolicyBinding*",
        "authentication.k8s.io/v1 SelfSubjectReview*", "authentication.k8s.io/v1 TokenReview*", "authorization.k8s.io/v1 LocalSubjectAccessReview",
        "authorization.k8s.io/v1 SelfSubjectAccessReview*", "authorization.k8s.io/v1 SelfSubjectRulesReview*", "authorization.k8s.io/v1 SubjectAccessReview*",
        "certificates.k8s.io/v1 CertificateSigningRequest* csr", "certificates.k8s.io/v1beta1 ClusterTrustBundle*", "flowcontrol.apiserver.k8s.io/v1 FlowSchema*",
        "flowcontrol.apiserver.k8s.io/v1 PriorityLevelConfiguration*", "internal.apiserver.k8s.io/v1alpha1 StorageVersion*", "storagemigration.k8s.io/v1beta1 StorageVersionMigration*",
        "resource.k8s.io/v1 DeviceClass*", "resource.k8s.io/v1 ResourceClaim", "resource.k8s.io/v1 ResourceClaimTemplate", "resource.k8s.io/v1 ResourceSlice*",
        "resource.k8s.io/v1beta1 DeviceTaintRule*", "resource.k8s.io/v1alpha3 ResourcePoolStatusRequest*",
    ];

    /// <summary>Kinds of the cluster itself in groups that only others bring.</summary>
    private static readonly string[] ForeignOfCluster = ["gateway.networking.k8s.io/GatewayClass", "cert-manager.io/ClusterIssuer"];

    /// <summary>Every kind that a server has of itself, the modelled ones first: where two have the same name, kubectl means the earlier.</summary>
    internal static readonly ResourceType[] Served = [.. Modelled, .. Carried.Select(Read)];

    private static readonly HashSet<string> ServedGroups = Served.Select(resource => resource.Group).ToHashSet(StringComparer.Ordinal);

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
        foreach (ResourceType known in Served)
        {
            if (known.Kind == kind && known.ApiVersion == apiVersion)
            {
                return known;
            }
        }

        int slash = apiVersion.IndexOf('/', StringComparison.Ordinal);
        string group = slash < 0 ? "" : apiVersion[..slash];
        bool isNamespaced = !ForeignOfCluster.Contains($"{group}/{kind}", StringComparer.Ordinal);
        return new ResourceType(group, apiVersion[(slash + 1)..], kind, PluralOf(kind), isNamespaced);
    }

    /// <summary>Whether a server has the kind of itself.</summary>
    internal static bool IsServed(ResourceType resource) => Array.Exists(Served, known => known.Equals(resource));

    /// <summary>Whether a server could have the kind: in one of its own groups only what it has, in any other what a CustomResourceDefinition may name.</summary>
    internal static bool MayBeServed(ResourceType resource) => ServedGroups.Contains(resource.Group)
        ? IsServed(resource)
        : resource.Group.Contains('.', StringComparison.Ordinal) && IsLabel(resource.Version) && IsLabel(resource.Kind) && resource.Group.Split('.').All(IsLabel);

    private static ResourceType Read(string text)
    {
        string[] words = text.Split(' ');
        string kind = words[1].TrimEnd('*');
        int slash = words[0].IndexOf('/', StringComparison.Ordinal);
        return new ResourceType(slash < 0 ? "" : words[0][..slash], words[0][(slash + 1)..], kind, PluralOf(kind), IsNamespaced: !words[1].EndsWith('*')) { ShortNames = [.. words.Skip(2)] };
    }

    /// <summary>Letters, digits and hyphens, as in a name of DNS; the case does not matter.</summary>
    private static bool IsLabel(string text) => text.Length is > 0 and <= 63 && text.All(c => char.IsAsciiLetterOrDigit(c) || c == '-') && text[0] != '-' && text[^1] != '-';

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
