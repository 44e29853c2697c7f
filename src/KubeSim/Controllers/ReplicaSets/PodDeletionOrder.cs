using System.Globalization;
using System.Numerics;
using KubeSim.Api;

namespace KubeSim.Controllers.ReplicaSets;

/// <summary>Which Pods of a ReplicaSet go first when it shrinks.</summary>
/// <param name="siblingsOn">How many active Pods of the same Deployment a node has.</param>
/// <param name="now">The present time.</param>
/// <source>kubernetes v1.36, pkg/controller/controller_utils.go, ActivePodsWithRanks</source>
internal sealed class PodDeletionOrder(IReadOnlyDictionary<string, int> siblingsOn, DateTimeOffset now) : IComparer<Pod>
{
    private const string Cost = "controller.kubernetes.io/pod-deletion-cost";
    private const long NanosecondsPerTick = 100;

    /// <summary>
    /// Unscheduled before scheduled; pending before running; not ready before ready; cheap before dear; doubled up before alone; shorter ready,
    /// more often restarted, and younger before the rest. Ages count by their order of magnitude, and within one the identities decide.
    /// </summary>
    public int Compare(Pod? x, Pod? y)
    {
        Pod left = x!;
        Pod right = y!;
        int order = IsAssigned(left).CompareTo(IsAssigned(right));
        order = order != 0 ? order : PhaseRank(left).CompareTo(PhaseRank(right));
        order = order != 0 ? order : PodState.IsReady(left).CompareTo(PodState.IsReady(right));
        order = order != 0 ? order : DeletionCost(left).CompareTo(DeletionCost(right));
        order = order != 0 ? order : Siblings(right).CompareTo(Siblings(left));
        order = order != 0 || !PodState.IsReady(left) ? order : ByTime(ReadySince(left), ReadySince(right), left, right);
        order = order != 0 ? order : Restarts(right).CompareTo(Restarts(left));
        order = order != 0 ? order : SidecarRestarts(right).CompareTo(SidecarRestarts(left));
        order = order != 0 ? order : ByTime(left.Metadata.CreationTimestamp, right.Metadata.CreationTimestamp, left, right);
        return order != 0 ? order : left.Name.CompareTo(right.Name);
    }

    private static bool IsAssigned(Pod pod) => !string.IsNullOrEmpty(pod.Spec.NodeName);

    private static int PhaseRank(Pod pod) => pod.Status.Phase switch { PodPhase.Unknown => 1, PodPhase.Running => 2, _ => 0 };

    private static int DeletionCost(Pod pod) => int.TryParse(pod.Metadata.Annotations[Cost], CultureInfo.InvariantCulture, out int cost) ? cost : 0;

    private static DateTimeOffset? ReadySince(Pod pod) => Conditions.Find(pod.Status.Conditions, "Ready")?.LastTransitionTime;

    private static int Restarts(Pod pod)
    {
        int restarts = 0;
        foreach (ContainerStatus container in pod.Status.ContainerStatuses)
        {
            restarts = Math.Max(restarts, container.RestartCount ?? 0);
        }

        return restarts;
    }

    /// <summary>The most restarts of a container that started before the others and runs beside them.</summary>
    private static int SidecarRestarts(Pod pod)
    {
        int restarts = 0;
        foreach (JsonValue status in pod.Status.Carried["initContainerStatuses"]?.Items ?? [])
        {
            if (IsSidecar(pod, status["name"]?.Text) && int.TryParse(status["restartCount"]?.Text, CultureInfo.InvariantCulture, out int count))
            {
                restarts = Math.Max(restarts, count);
            }
        }

        return restarts;
    }

    private static bool IsSidecar(Pod pod, string? name)
    {
        foreach (Container container in pod.Spec.InitContainers)
        {
            if (container.Name == name)
            {
                return container.Carried["restartPolicy"]?.Text == "Always";
            }
        }

        return false;
    }

    private int Siblings(Pod pod) => pod.Spec.NodeName is { } node && siblingsOn.TryGetValue(node, out int siblings) ? siblings : 0;

    /// <summary>Later, or unknown, first.</summary>
    private int ByTime(DateTimeOffset? left, DateTimeOffset? right, Pod leftPod, Pod rightPod)
    {
        if (left == right)
        {
            return 0;
        }

        if (left is not { } start || right is not { } otherStart)
        {
            return left is null ? -1 : 1;
        }

        int order = Magnitude(start).CompareTo(Magnitude(otherStart));
        return order != 0 ? order : string.CompareOrdinal(leftPod.Metadata.Uid, rightPod.Metadata.Uid);
    }

    private int Magnitude(DateTimeOffset since)
    {
        long age = (now - since).Ticks;
        return age <= 0 ? -1 : BitOperations.Log2((ulong)Math.Min(age, long.MaxValue / NanosecondsPerTick) * NanosecondsPerTick);
    }
}
