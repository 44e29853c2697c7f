using System.Globalization;
using KubeSim.Api;

namespace KubeSim.Controllers.Deployments;

/// <summary>What a Deployment reads from its ReplicaSets: sizes, revisions, and which of them comes first.</summary>
internal static class ReplicaSetSizes
{
    public static int Wanted(ReplicaSet set) => set.Spec.Replicas ?? 1;

    public static int Available(ReplicaSet set) => set.Status.AvailableReplicas ?? 0;

    public static int Actual(ReplicaSet set) => set.Status.Replicas ?? 0;

    public static int Ready(ReplicaSet set) => set.Status.ReadyReplicas ?? 0;

    /// <summary>The number in an annotation, or null where there is none.</summary>
    public static int? Noted(ReplicaSet set, string annotation) =>
        int.TryParse(set.Metadata.Annotations[annotation], CultureInfo.InvariantCulture, out int number) ? number : null;

    public static int Revision(ReplicaSet set) => Noted(set, DeploymentAnnotations.Revision) ?? 0;

    /// <summary>
    /// The older one first. In virtual time several are often created within the same second, so there the revision decides before the name does.
    /// </summary>
    public static int ByAge(ReplicaSet left, ReplicaSet right)
    {
        int age = Nullable.Compare(left.Metadata.CreationTimestamp, right.Metadata.CreationTimestamp);
        int revision = age != 0 ? age : Revision(left).CompareTo(Revision(right));
        return revision != 0 ? revision : string.CompareOrdinal(left.Metadata.Name, right.Metadata.Name);
    }

    /// <summary>The ReplicaSet with another size, and what its Deployment wanted at that time.</summary>
    public static ReplicaSet Scaled(ReplicaSet set, int size, RolloutLimits limits) => set with
    {
        Spec = set.Spec with { Replicas = size },
        Metadata = set.Metadata with
        {
            Annotations = set.Metadata.Annotations
                .With(DeploymentAnnotations.DesiredReplicas, limits.Replicas.ToString(CultureInfo.InvariantCulture))
                .With(DeploymentAnnotations.MaxReplicas, limits.MaxTotal.ToString(CultureInfo.InvariantCulture)),
        },
    };
}
