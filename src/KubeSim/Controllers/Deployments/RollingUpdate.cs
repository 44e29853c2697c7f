using KubeSim.Api;
using static KubeSim.Controllers.Deployments.ReplicaSetSizes;

namespace KubeSim.Controllers.Deployments;

/// <summary>One step from the old ReplicaSets to the new one.</summary>
/// <source>kubernetes v1.36, pkg/controller/deployment/rolling.go</source>
internal static class RollingUpdate
{
    /// <summary>Scales the new ReplicaSet, or else the old ones; false where there is nothing to do until Pods become available.</summary>
    public static bool Step(Rollout rollout) => ScaleNew(rollout) || ScaleDownOld(rollout);

    /// <summary>The size to which the new ReplicaSet may grow at this moment.</summary>
    public static int NewSize(Rollout rollout, int present) =>
        RolloutLimits.IsRollingUpdate(rollout.Deployment.Spec)
            ? present + Math.Max(0, Math.Min(rollout.Limits.MaxTotal - rollout.Wanted, rollout.Limits.Replicas - present))
            : rollout.Limits.Replicas;

    public static bool ScaleNew(Rollout rollout)
    {
        ReplicaSet present = rollout.New!;
        int size = Wanted(present);
        int wanted = rollout.Limits.Replicas;
        int next = size > wanted ? wanted : size < wanted ? NewSize(rollout, size) : size;
        return next != size && rollout.Scale(present, next);
    }

    private static bool ScaleDownOld(Rollout rollout)
    {
        ReplicaSet present = rollout.New!;
        int unavailableNew = Wanted(present) - Available(present);
        int most = rollout.Wanted - rollout.Limits.MinAvailable - unavailableNew;
        bool cleaned = TakeFromOld(rollout, most, static set => Wanted(set) - Available(set));
        bool scaled = TakeFromOld(rollout, most <= 0 ? 0 : rollout.Available - rollout.Limits.MinAvailable, Wanted);
        return cleaned || scaled;
    }

    /// <summary>Takes up to so many Pods from the old ReplicaSets, the oldest first.</summary>
    /// <param name="rollout">The ReplicaSets.</param>
    /// <param name="most">How many in all.</param>
    /// <param name="spare">How many one of them can give.</param>
    private static bool TakeFromOld(Rollout rollout, int most, Func<ReplicaSet, int> spare)
    {
        bool taken = false;
        foreach (ReplicaSet set in rollout.Old.ToArray())
        {
            int some = Math.Min(most, Math.Min(spare(set), Wanted(set)));
            if (some > 0)
            {
                most -= some;
                taken |= rollout.Scale(set, Wanted(set) - some);
            }
        }

        return taken;
    }
}
