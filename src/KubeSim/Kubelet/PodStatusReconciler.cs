using System.Globalization;
using KubeSim.Api;
using KubeSim.Collections;

namespace KubeSim.Kubelet;

/// <summary>
/// The status a kubelet writes, computed from the Pod. What Pods that start at one instant have in common (conditions, states of equal
/// containers) is one instance for all of them: that is what keeps 100,000 Pods small.
/// </summary>
/// <source>kubernetes v1.36, pkg/kubelet/kubelet_pods.go generateAPIPodStatus</source>
internal sealed class PodStatusReconciler
{
    private EquatableArray<Condition> _conditions;
    private long? _generation;
    private EquatableArray<ContainerStatus> _statuses;
    private CarriedFields _state;
    private DateTimeOffset _now;

    /// <summary>Taken over by the kubelet, its containers not started: kubectl shows ContainerCreating.</summary>
    public PodStatus Waiting(Pod pod, EquatableArray<PodAddress> hostIPs, DateTimeOffset now)
    {
        CarriedFields waiting = State("waiting", [new("reason", JsonValue.OfText(pod.Spec.InitContainers.IsEmpty ? "ContainerCreating" : "PodInitializing"))]);
        PodStatus status = pod.Status with
        {
            Phase = PodPhase.Pending,
            HostIP = hostIPs.IsEmpty ? null : hostIPs[0].IP,
            HostIPs = hostIPs,
            StartTime = pod.Status.StartTime ?? now,
            ContainerStatuses = Statuses(pod.Spec.Containers, false, waiting),
            Carried = InitContainerStatuses.AddTo(pod, waiting["state"]!, isDone: false),
        };
        return WithConditions(pod, status, false, now);
    }

    /// <summary>Its containers run and are ready: the model's programs are as soon as they start.</summary>
    public PodStatus Running(Pod pod, EquatableArray<PodAddress> podIPs, EquatableArray<PodAddress> hostIPs, DateTimeOffset now)
    {
        Remember(now);
        PodStatus status = pod.Status with
        {
            Phase = PodPhase.Running,
            PodIP = podIPs.IsEmpty ? null : podIPs[0].IP,
            PodIPs = podIPs,
            HostIP = hostIPs.IsEmpty ? null : hostIPs[0].IP,
            HostIPs = hostIPs,
            StartTime = pod.Status.StartTime ?? now,
            ContainerStatuses = RunningStatuses(pod.Spec.Containers),
            Carried = InitContainerStatuses.AddTo(pod, _state["state"]!, isDone: true),
        };
        if (!pod.Spec.ReadinessGates.IsEmpty || !pod.Spec.InitContainers.IsEmpty || !HasOnlyScheduled(pod.Status.Conditions))
        {
            return WithConditions(pod, status, true, now);
        }

        if (_conditions.IsEmpty || _generation != pod.Metadata.Generation || (!pod.Status.Conditions.IsEmpty && _conditions[^1] != pod.Status.Conditions[0]))
        {
            _conditions = WithConditions(pod, status, true, now).Conditions;
            _generation = pod.Metadata.Generation;
        }

        return status with { Conditions = _conditions };
    }

    /// <summary>Its containers have ended as they were told to.</summary>
    public static PodStatus Stopped(Pod pod, DateTimeOffset now)
    {
        CarriedFields terminated = State("terminated",
        [
            new("exitCode", JsonValue.OfNumber(0)), new("reason", JsonValue.OfText("Completed")), new("finishedAt", Time(now)),
        ]);
        PodStatus status = pod.Status with { Phase = PodPhase.Succeeded, ContainerStatuses = Statuses(pod.Spec.Containers, false, terminated) };
        return WithConditions(pod, status, false, now);
    }

    /// <summary>The same status with the conditions that follow from it; the same instance where they are there already.</summary>
    public static PodStatus WithConditions(Pod pod, PodStatus status, bool hasSandbox, DateTimeOffset now)
    {
        Pod seen = pod with { Status = status };
        Condition containersReady = PodConditions.ContainersReadyOf(seen);
        var conditions = new List<Condition>();
        foreach (Condition condition in status.Conditions)
        {
            if (!PodConditions.IsKubelets(condition.Type))
            {
                conditions.Add(condition);
            }
        }

        conditions.Add(Dated(seen, new Condition { Type = PodConditions.ReadyToStartContainers, Status = hasSandbox ? ConditionStatus.True : ConditionStatus.False }, now));
        conditions.Add(Dated(seen, PodConditions.InitializedOf(seen), now));
        conditions.Add(Dated(seen, PodConditions.ReadyOf(seen, containersReady), now));
        conditions.Add(Dated(seen, containersReady, now));
        conditions.Add(Dated(seen, new Condition { Type = PodConditions.Scheduled, Status = ConditionStatus.True }, now));
        EquatableArray<Condition> wanted = new([.. conditions]);
        return wanted == status.Conditions ? status : status with { Conditions = wanted };
    }

    /// <summary>The condition as it stands when it says the same; else since now.</summary>
    private static Condition Dated(Pod pod, Condition condition, DateTimeOffset now)
    {
        Condition? old = PodConditions.Find(pod.Status.Conditions, condition.Type);
        return old is not null && old.Status == condition.Status && old.Reason == condition.Reason && old.Message == condition.Message
            ? old
            : condition with
            {
                ObservedGeneration = pod.Metadata.Generation,
                LastTransitionTime = old?.Status == condition.Status ? old.LastTransitionTime ?? now : now,
            };
    }

    private static bool HasOnlyScheduled(EquatableArray<Condition> conditions) =>
        conditions.IsEmpty || (conditions.Length == 1 && conditions[0].Type == PodConditions.Scheduled);

    private static EquatableArray<ContainerStatus> Statuses(EquatableArray<Container> containers, bool isRunning, CarriedFields state)
    {
        var statuses = new ContainerStatus[containers.Length];
        for (int i = 0; i < statuses.Length; i++)
        {
            statuses[i] = new ContainerStatus
            {
                Name = containers[i].Name,
                Ready = isRunning,
                Started = isRunning,
                RestartCount = 0,
                Image = containers[i].Image ?? "",
                ImageID = isRunning ? containers[i].Image ?? "" : "",
                Carried = state,
            };
        }

        return new(statuses);
    }

    private static CarriedFields State(string name, EquatableArray<JsonField> fields) =>
        new([new("state", JsonValue.OfObject([new(name, JsonValue.OfObject(fields))]))]);

    private static JsonValue Time(DateTimeOffset time) =>
        JsonValue.OfText(time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));

    /// <summary>Forgets what was shared at an earlier instant.</summary>
    private void Remember(DateTimeOffset now)
    {
        if (_now != now || _state == default)
        {
            _now = now;
            _state = State("running", [new("startedAt", Time(now))]);
            _statuses = default;
            _conditions = default;
        }
    }

    private EquatableArray<ContainerStatus> RunningStatuses(EquatableArray<Container> containers)
    {
        bool isSame = _statuses.Length == containers.Length;
        for (int i = 0; isSame && i < containers.Length; i++)
        {
            isSame = _statuses[i].Name == containers[i].Name && _statuses[i].Image == (containers[i].Image ?? "");
        }

        return isSame ? _statuses : _statuses = Statuses(containers, true, _state);
    }
}
