using KubeSim.Api;
using KubeSim.Collections;

namespace KubeSim.Controllers.Deployments;

/// <summary>
/// Decides what one pass over a Deployment does: it creates the ReplicaSet of the template, or moves sizes one step, or clears the history;
/// and says where the rollout stands. What follows from a step brings the next pass.
/// </summary>
/// <source>kubernetes v1.36, pkg/controller/deployment, syncDeployment</source>
internal static class DeploymentReconciler
{
    /// <summary>One pass.</summary>
    /// <param name="deployment">The Deployment.</param>
    /// <param name="owned">The ReplicaSets that it controls, in any order.</param>
    /// <param name="hasPods">Whether a ReplicaSet has Pods that may still run, also such as are being terminated.</param>
    /// <param name="isTaken">Whether there is a ReplicaSet of a name in the namespace.</param>
    /// <param name="now">The present time.</param>
    public static DeploymentPlan Reconcile(
        Deployment deployment, IEnumerable<ReplicaSet> owned, Func<ReplicaSet, bool> hasPods, Func<string, bool> isTaken, DateTimeOffset now)
    {
        var rollout = new Rollout(deployment, owned);
        EquatableArray<Condition> conditions = ProgressCondition.WithPause(deployment, deployment.Status.Conditions, now);
        if (deployment.Metadata.DeletionTimestamp is not null)
        {
            return new DeploymentPlan { Status = RolloutStatus.Of(rollout, deployment.Status.Conditions, now) };
        }

        bool isPaused = deployment.Spec.Paused == true;
        bool isScaling = isPaused || ProportionalScaling.IsDue(rollout);
        bool isCreating = rollout.New is null && !isScaling && (RolloutLimits.IsRollingUpdate(deployment.Spec) || !OldRemain(rollout, hasPods));
        if (isCreating)
        {
            NewReplicaSet.Add(rollout, isTaken);
        }
        else if (rollout.New is not null)
        {
            NewReplicaSet.Refresh(rollout);
        }

        if (isScaling)
        {
            ProportionalScaling.Scale(rollout);
        }
        else if (!isCreating)
        {
            Advance(rollout, hasPods);
        }

        if (rollout.New is { } present)
        {
            conditions = ProgressCondition.WithNewReplicaSet(deployment, conditions, present.Metadata.Name, isCreating, now);
        }

        DeploymentStatus status = RolloutStatus.Of(rollout, conditions, now);
        if (!isScaling)
        {
            status = status with { Conditions = ProgressCondition.WithProgress(deployment, status, status.Conditions, rollout.New?.Metadata.Name, now) };
        }

        return new DeploymentPlan
        {
            Create = rollout.Created,
            Replace = [.. rollout.Changed],
            Delete = isPaused || (!isScaling && ProgressCondition.IsComplete(deployment, status)) ? BeyondHistory(rollout) : [],
            Revision = rollout.New?.Metadata.Annotations[DeploymentAnnotations.Revision] is { } revision
                && revision != deployment.Metadata.Annotations[DeploymentAnnotations.Revision] ? revision : null,
            Status = status,
        };
    }

    /// <summary>One step of the strategy.</summary>
    private static void Advance(Rollout rollout, Func<ReplicaSet, bool> hasPods)
    {
        if (RolloutLimits.IsRollingUpdate(rollout.Deployment.Spec))
        {
            RollingUpdate.Step(rollout);
        }
        else if (rollout.Old.Any(set => ReplicaSetSizes.Wanted(set) > 0))
        {
            foreach (ReplicaSet old in rollout.Old.Where(set => ReplicaSetSizes.Wanted(set) > 0).ToArray())
            {
                rollout.Scale(old, 0);
            }
        }
        else if (rollout.New is not null && !OldRemain(rollout, hasPods))
        {
            RollingUpdate.ScaleNew(rollout);
        }
    }

    private static bool OldRemain(Rollout rollout, Func<ReplicaSet, bool> hasPods) =>
        rollout.Old.Any(set => ReplicaSetSizes.Wanted(set) > 0 || hasPods(set));

    /// <summary>The ReplicaSets of the lowest revisions beyond the limit, as far as they are empty.</summary>
    private static List<ReplicaSet> BeyondHistory(Rollout rollout)
    {
        List<ReplicaSet> old = [.. rollout.Old.Where(set => set.Metadata.DeletionTimestamp is null)];
        int surplus = old.Count - (rollout.Deployment.Spec.RevisionHistoryLimit ?? int.MaxValue);
        return [.. old.OrderBy(ReplicaSetSizes.Revision).Take(Math.Max(0, surplus)).Where(IsEmpty)];
    }

    private static bool IsEmpty(ReplicaSet set) =>
        ReplicaSetSizes.Wanted(set) == 0 && ReplicaSetSizes.Actual(set) == 0
        && (set.Metadata.Generation ?? 0) <= (set.Status.ObservedGeneration ?? 0);
}
