using KubeSim.Api;
using static KubeSim.Controllers.Deployments.ReplicaSetSizes;

namespace KubeSim.Controllers.Deployments;

/// <summary>Brings the ReplicaSets to another size of the Deployment without moving a rollout on.</summary>
/// <source>kubernetes v1.36, pkg/controller/deployment/sync.go, scale</source>
internal static class ProportionalScaling
{
    /// <summary>Whether the Deployment was scaled since its ReplicaSets were. Several under Recreate have no shares: there the rollout goes on.</summary>
    public static bool IsDue(Rollout rollout)
    {
        List<ReplicaSet> active = Active(rollout);
        return (active.Count <= 1 || RolloutLimits.IsRollingUpdate(rollout.Deployment.Spec))
            && active.Exists(set => Noted(set, DeploymentAnnotations.DesiredReplicas) is int desired && desired != rollout.Limits.Replicas);
    }

    /// <summary>One active ReplicaSet takes the whole change; beside a saturated new one the old ones go; otherwise each takes its share, and the largest what is left over.</summary>
    public static void Scale(Rollout rollout)
    {
        int wanted = rollout.Limits.Replicas;
        List<ReplicaSet> active = Active(rollout);
        if (active.Count <= 1)
        {
            if ((active.Count == 1 ? active[0] : rollout.New ?? (rollout.All is [.., var last] ? last : null)) is { } only)
            {
                rollout.Scale(only, wanted);
            }
        }
        else if (IsSaturated(rollout.New, wanted))
        {
            foreach (ReplicaSet old in active.Where(set => set.Metadata.Name != rollout.New!.Metadata.Name))
            {
                rollout.Scale(old, 0);
            }
        }
        else if (RolloutLimits.IsRollingUpdate(rollout.Deployment.Spec))
        {
            Share(rollout, active);
        }
    }

    private static List<ReplicaSet> Active(Rollout rollout) => [.. rollout.All.Where(set => Wanted(set) > 0)];

    private static void Share(Rollout rollout, List<ReplicaSet> active)
    {
        int toAdd = (rollout.Limits.Replicas > 0 ? rollout.Limits.MaxTotal : 0) - active.Sum(Wanted);
        active.Sort((left, right) => Wanted(left) != Wanted(right) ? Wanted(right).CompareTo(Wanted(left))
            : toAdd > 0 ? ByAge(right, left) : ByAge(left, right));
        int[] shares = new int[active.Count];
        int left = toAdd;
        for (int i = 0; i < shares.Length && left != 0; i++)
        {
            int fraction = Fraction(rollout, active[i]);
            shares[i] = toAdd > 0 ? Math.Min(fraction, left) : Math.Max(fraction, left);
            left -= shares[i];
        }

        shares[0] += left;
        for (int i = 0; i < shares.Length; i++)
        {
            rollout.Scale(active[i], Math.Max(0, Wanted(active[i]) + shares[i]));
        }
    }

    /// <summary>By how much a ReplicaSet grows or shrinks to have the same part of the new size as it had of the old one.</summary>
    private static int Fraction(Rollout rollout, ReplicaSet set)
    {
        int size = Wanted(set);
        if (rollout.Limits.Replicas == 0)
        {
            return -size;
        }

        int before = Noted(set, DeploymentAnnotations.MaxReplicas) is > 0 and int noted ? noted : rollout.Deployment.Status.Replicas ?? 0;
        return before == 0 ? 0 : (int)(((2L * size * rollout.Limits.MaxTotal) + before) / (2L * before)) - size;
    }

    private static bool IsSaturated(ReplicaSet? present, int wanted) => present is not null
        && Wanted(present) == wanted && Available(present) == wanted && Noted(present, DeploymentAnnotations.DesiredReplicas) == wanted;
}
