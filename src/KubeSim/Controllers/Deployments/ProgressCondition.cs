using KubeSim.Api;
using KubeSim.Collections;

namespace KubeSim.Controllers.Deployments;

/// <summary>The condition <c>Progressing</c> of a Deployment.</summary>
/// <source>kubernetes v1.36, pkg/controller/deployment/progress.go and util</source>
internal static class ProgressCondition
{
    public const string Type = "Progressing";
    public const string TimedOut = "ProgressDeadlineExceeded";
    private const string Completed = "NewReplicaSetAvailable";
    private const string Paused = "DeploymentPaused";

    /// <summary>Whether the Deployment wants to know when its rollout hangs.</summary>
    public static bool IsWanted(Deployment deployment) => deployment.Spec.ProgressDeadlineSeconds is not (null or int.MaxValue);

    /// <summary>Notes that the rollout was paused or goes on; a rollout that has timed out keeps saying so.</summary>
    public static EquatableArray<Condition> WithPause(Deployment deployment, EquatableArray<Condition> conditions, DateTimeOffset now)
    {
        Condition? present = Conditions.Find(conditions, Type);
        bool wasPaused = present?.Reason == Paused;
        bool isPaused = deployment.Spec.Paused == true;
        return !IsWanted(deployment) || present?.Reason == TimedOut || wasPaused == isPaused ? conditions
            : isPaused ? Conditions.Set(conditions, New(ConditionStatus.Unknown, Paused, "Deployment is paused", now))
            : Conditions.Set(conditions, New(ConditionStatus.Unknown, "DeploymentResumed", "Deployment is resumed", now));
    }

    /// <summary>Notes that the ReplicaSet of the template was created, or was there already.</summary>
    public static EquatableArray<Condition> WithNewReplicaSet(Deployment deployment, EquatableArray<Condition> conditions, string name, bool isCreated, DateTimeOffset now) =>
        !IsWanted(deployment) ? conditions
        : isCreated ? Conditions.Set(conditions, New(ConditionStatus.True, "NewReplicaSetCreated", $"Created new replica set \"{name}\"", now))
        : Conditions.Find(conditions, Type) is null ? Conditions.Set(conditions, New(ConditionStatus.True, "FoundNewReplicaSet", $"Found new replica set \"{name}\"", now))
        : conditions;

    /// <summary>Notes how the rollout gets on: complete, a step further, or too long without a step.</summary>
    public static EquatableArray<Condition> WithProgress(
        Deployment deployment, DeploymentStatus next, EquatableArray<Condition> conditions, string? newSet, DateTimeOffset now)
    {
        if (!IsWanted(deployment))
        {
            return Conditions.Remove(conditions, Type);
        }

        Condition? present = Conditions.Find(conditions, Type);
        string subject = newSet is null ? $"Deployment \"{deployment.Metadata.Name}\"" : $"ReplicaSet \"{newSet}\"";
        if (next.Replicas == next.UpdatedReplicas && present?.Reason == Completed)
        {
            return conditions;
        }

        if (IsComplete(deployment, next))
        {
            return Conditions.Set(conditions, New(ConditionStatus.True, Completed, $"{subject} has successfully progressed.", now));
        }

        if (HasProgressed(deployment.Status, next))
        {
            Condition step = New(ConditionStatus.True, "ReplicaSetUpdated", $"{subject} is progressing.", now);
            return Conditions.Remove(conditions, Type).Add(present?.Status == ConditionStatus.True ? step with { LastTransitionTime = present.LastTransitionTime } : step);
        }

        return Deadline(deployment, conditions) is { } deadline && deadline < now
            ? Conditions.Set(conditions, New(ConditionStatus.False, TimedOut, $"{subject} has timed out progressing.", now))
            : conditions;
    }

    /// <summary>The time behind which the rollout counts as hanging; null where it is complete, hangs already, or has no deadline.</summary>
    public static DateTimeOffset? Deadline(Deployment deployment, EquatableArray<Condition> conditions) =>
        IsWanted(deployment) && Conditions.Find(conditions, Type) is { LastUpdateTime: { } last, Reason: not (Completed or TimedOut or Paused) }
            ? last.AddSeconds(deployment.Spec.ProgressDeadlineSeconds ?? 0)
            : null;

    /// <summary>Whether all Pods are of the wanted template and available, and no others are left.</summary>
    public static bool IsComplete(Deployment deployment, DeploymentStatus status)
    {
        int wanted = deployment.Spec.Replicas ?? 1;
        return (status.UpdatedReplicas ?? 0) == wanted && (status.Replicas ?? 0) == wanted && (status.AvailableReplicas ?? 0) == wanted
            && (status.ObservedGeneration ?? 0) >= (deployment.Metadata.Generation ?? 0);
    }

    private static bool HasProgressed(DeploymentStatus last, DeploymentStatus next) =>
        (next.UpdatedReplicas ?? 0) > (last.UpdatedReplicas ?? 0)
        || Outdated(next) < Outdated(last)
        || (next.ReadyReplicas ?? 0) > (last.ReadyReplicas ?? 0)
        || (next.AvailableReplicas ?? 0) > (last.AvailableReplicas ?? 0);

    private static int Outdated(DeploymentStatus status) => (status.Replicas ?? 0) - (status.UpdatedReplicas ?? 0);

    private static Condition New(string status, string reason, string message, DateTimeOffset now) =>
        new() { Type = Type, Status = status, Reason = reason, Message = message, LastUpdateTime = now, LastTransitionTime = now };
}
