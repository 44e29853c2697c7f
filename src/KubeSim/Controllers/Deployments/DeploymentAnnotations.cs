namespace KubeSim.Controllers.Deployments;

/// <summary>What a Deployment notes on its ReplicaSets, and the label that keeps their Pods apart.</summary>
/// <source>kubernetes v1.36, pkg/controller/deployment/util; api apps/v1</source>
internal static class DeploymentAnnotations
{
    /// <summary>Which revision of the template a ReplicaSet is; on the Deployment, which one is wanted.</summary>
    public const string Revision = "deployment.kubernetes.io/revision";

    /// <summary>The revisions that a ReplicaSet was before, separated by commas.</summary>
    public const string RevisionHistory = "deployment.kubernetes.io/revision-history";

    /// <summary>The Deployment's size when the ReplicaSet was last scaled: where it differs, the Deployment was scaled since.</summary>
    public const string DesiredReplicas = "deployment.kubernetes.io/desired-replicas";

    /// <summary>The Deployment's size with surge when the ReplicaSet was last scaled.</summary>
    public const string MaxReplicas = "deployment.kubernetes.io/max-replicas";

    /// <summary>The label of a template's hash.</summary>
    public const string PodTemplateHash = "pod-template-hash";

    /// <summary>Annotations of a Deployment that its ReplicaSets do not take over.</summary>
    public static bool IsOwn(string key) =>
        key is Revision or RevisionHistory or DesiredReplicas or MaxReplicas or "kubectl.kubernetes.io/last-applied-configuration" or "deprecated.deployment.rollback.to";
}
