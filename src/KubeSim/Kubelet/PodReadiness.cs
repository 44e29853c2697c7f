using KubeSim.Api;
using KubeSim.ApiServer;
using KubeSim.Collections;

namespace KubeSim.Kubelet;

/// <summary>Whether a Pod is ready, and the status a kubelet writes when its probes say something else.</summary>
internal static class PodReadiness
{
    public static bool IsReady(Pod pod) => PodConditions.Find(pod.Status.Conditions, PodConditions.Ready)?.Status == ConditionStatus.True;

    /// <summary>
    /// Makes all containers of a running Pod ready or not ready, with what follows for its conditions: with readiness gates, ready containers
    /// alone do not make it ready. One write, or none where nothing changes or the Pod does not run.
    /// </summary>
    /// <exception cref="ApiException">404 <c>NotFound</c>: there is no such Pod.</exception>
    public static void Write(KubeApiServer server, NamespacedName name, bool ready, DateTimeOffset now)
    {
        Pod pod = server.Get<Pod>(name);
        PodStatus status = Of(pod, ready, now);
        if (!ReferenceEquals(status, pod.Status))
        {
            server.ReplaceStatus(pod with { Status = status });
        }
    }

    /// <summary>The Pod's status with its containers ready or not ready; the same instance where nothing changes.</summary>
    public static PodStatus Of(Pod pod, bool ready, DateTimeOffset now)
    {
        if (pod.Status.Phase != PodPhase.Running)
        {
            return pod.Status;
        }

        PodStatus status = pod.Status;
        EquatableArray<ContainerStatus> statuses = status.ContainerStatuses;
        for (int i = 0; i < statuses.Length; i++)
        {
            if (statuses[i].Ready != ready)
            {
                statuses = statuses.SetItem(i, statuses[i] with { Ready = ready });
            }
        }

        status = statuses == status.ContainerStatuses ? status : status with { ContainerStatuses = statuses };
        return PodStatusReconciler.WithConditions(pod, status, true, now);
    }
}
