using KubeSim.Api;
using KubeSim.Collections;

namespace KubeSim.Controllers.ReplicaSets;

/// <summary>What a ReplicaSet's Pods look like, and what its status says.</summary>
/// <source>kubernetes v1.36, pkg/controller/replicaset and pkg/controller, GetPodFromTemplate</source>
internal static class ReplicaSetReconciler
{
    /// <summary>The Pod of which a ReplicaSet creates as many as it lacks. All share the parts of the template.</summary>
    public static Pod NewPod(ReplicaSet set) => new()
    {
        Metadata = new ObjectMeta
        {
            GenerateName = $"{set.Metadata.Name}-",
            Namespace = set.Metadata.Namespace,
            Labels = set.Spec.Template.Metadata.Labels,
            Annotations = set.Spec.Template.Metadata.Annotations,
            Finalizers = set.Spec.Template.Metadata.Finalizers,
            OwnerReferences = [Owners.Controlling(set)],
        },
        Spec = set.Spec.Template.Spec,
    };

    /// <summary>The status for these counts; <paramref name="failure"/> is what keeps it from creating or deleting Pods.</summary>
    public static ReplicaSetStatus Status(ReplicaSet set, int active, int ready, int available, Condition? failure) => set.Status with
    {
        Replicas = active,
        FullyLabeledReplicas = Some(active),
        ReadyReplicas = Some(ready),
        AvailableReplicas = Some(available),
        ObservedGeneration = set.Metadata.Generation,
        Conditions = WithFailure(set.Status.Conditions, failure),
    };

    /// <summary>How many of the Pods have been ready for long enough, and when the next one will have been.</summary>
    public static (int Available, DateTimeOffset? Next) Available(IEnumerable<Pod> pods, int minReadySeconds, DateTimeOffset now)
    {
        int available = 0;
        DateTimeOffset? next = null;
        foreach (Pod pod in pods)
        {
            if (PodState.IsActive(pod) && PodState.AvailableFrom(pod, minReadySeconds) is { } from)
            {
                available += from <= now ? 1 : 0;
                next = from > now && (next is null || from < next) ? from : next;
            }
        }

        return (available, next);
    }

    /// <summary>Kubernetes leaves a zero out.</summary>
    private static int? Some(int count) => count == 0 ? null : count;

    private static EquatableArray<Condition> WithFailure(EquatableArray<Condition> conditions, Condition? failure) =>
        failure is null ? Conditions.Remove(conditions, "ReplicaFailure") : Conditions.Set(conditions, failure);
}
