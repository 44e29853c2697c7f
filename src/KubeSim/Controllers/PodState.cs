using KubeSim.Api;

namespace KubeSim.Controllers;

/// <summary>What workload controllers ask about a Pod.</summary>
internal static class PodState
{
    /// <summary>Whether it has not ended by itself: neither succeeded nor failed.</summary>
    public static bool IsLive(Pod pod) => pod.Status.Phase is not (PodPhase.Succeeded or PodPhase.Failed);

    /// <summary>Whether it counts as a replica: it has not ended, and nobody deleted it.</summary>
    public static bool IsActive(Pod pod) => pod.Metadata.DeletionTimestamp is null && IsLive(pod);

    public static bool IsReady(Pod pod) => Conditions.IsTrue(pod.Status.Conditions, "Ready");

    /// <summary>When the Pod will have been ready for that long, or null while it is not ready.</summary>
    public static DateTimeOffset? AvailableFrom(Pod pod, int minReadySeconds) =>
        Conditions.Find(pod.Status.Conditions, "Ready") is { Status: ConditionStatus.True } ready
            ? (ready.LastTransitionTime ?? DateTimeOffset.MinValue).AddSeconds(minReadySeconds)
            : null;
}
