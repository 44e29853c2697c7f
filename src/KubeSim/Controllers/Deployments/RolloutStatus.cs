using KubeSim.Api;
using KubeSim.Collections;

namespace KubeSim.Controllers.Deployments;

/// <summary>What a Deployment's status says of its ReplicaSets.</summary>
/// <source>kubernetes v1.36, pkg/controller/deployment/sync.go, calculateStatus</source>
internal static class RolloutStatus
{
    private const string ReplicaFailure = "ReplicaFailure";

    /// <summary>The status but for the condition of progress.</summary>
    /// <param name="rollout">The ReplicaSets.</param>
    /// <param name="conditions">What the Deployment's conditions were, as far as this pass has changed them.</param>
    /// <param name="now">The time of a condition that changes.</param>
    public static DeploymentStatus Of(Rollout rollout, EquatableArray<Condition> conditions, DateTimeOffset now)
    {
        int available = rollout.Available;
        return rollout.Deployment.Status with
        {
            ObservedGeneration = rollout.Deployment.Metadata.Generation,
            Replicas = Some(rollout.All.Sum(ReplicaSetSizes.Actual)),
            UpdatedReplicas = Some(rollout.New is { } present ? ReplicaSetSizes.Actual(present) : 0),
            ReadyReplicas = Some(rollout.All.Sum(ReplicaSetSizes.Ready)),
            AvailableReplicas = Some(available),
            UnavailableReplicas = Some(Math.Max(0, rollout.Wanted - available)),
            Conditions = WithFailure(rollout, Conditions.Set(conditions, Availability(available >= rollout.Limits.MinAvailable, now))),
        };
    }

    /// <summary>Kubernetes leaves a zero out.</summary>
    private static int? Some(int count) => count == 0 ? null : count;

    private static Condition Availability(bool isAvailable, DateTimeOffset now) => new()
    {
        Type = "Available",
        Status = isAvailable ? ConditionStatus.True : ConditionStatus.False,
        Reason = isAvailable ? "MinimumReplicasAvailable" : "MinimumReplicasUnavailable",
        Message = isAvailable ? "Deployment has minimum availability." : "Deployment does not have minimum availability.",
        LastUpdateTime = now,
        LastTransitionTime = now,
    };

    /// <summary>A ReplicaSet that cannot create its Pods is the Deployment's failure too, the new one's before the others'.</summary>
    private static EquatableArray<Condition> WithFailure(Rollout rollout, EquatableArray<Condition> conditions)
    {
        Condition? failure = rollout.New is { } present ? Conditions.Find(present.Status.Conditions, ReplicaFailure) : null;
        failure ??= rollout.All.Select(set => Conditions.Find(set.Status.Conditions, ReplicaFailure)).FirstOrDefault(condition => condition is not null);
        return failure is null ? Conditions.Remove(conditions, ReplicaFailure)
            : Conditions.Set(conditions, failure with { LastUpdateTime = failure.LastTransitionTime });
    }
}
