using System.Diagnostics.CodeAnalysis;
using KubeSim.Api;
using KubeSim.Collections;

namespace KubeSim.Kubelet;

/// <summary>What a kubelet says about a Pod, given the states of its containers: pure functions, without times.</summary>
/// <source>kubernetes v1.36, pkg/kubelet/status/generate.go</source>
internal static class PodConditions
{
    public const string ReadyToStartContainers = "PodReadyToStartContainers";
    public const string Initialized = "Initialized";
    public const string Ready = "Ready";
    public const string ContainersReady = "ContainersReady";
    public const string Scheduled = "PodScheduled";

    private const string UnknownStatuses = "UnknownContainerStatuses";

    /// <summary>Whether the kubelet writes conditions of that type; the others belong to somebody else.</summary>
    public static bool IsKubelets(string type) => type is ReadyToStartContainers or Initialized or Ready or ContainersReady or Scheduled;

    /// <summary>Whether a container of initContainers stays beside the others: a sidecar.</summary>
    public static bool IsSidecar(Container container) => container.Carried["restartPolicy"] is { Text: "Always" };

    public static Condition? Find(EquatableArray<Condition> conditions, string type)
    {
        foreach (Condition condition in conditions)
        {
            if (condition.Type == type)
            {
                return condition;
            }
        }

        return null;
    }

    /// <summary>Whether all containers and sidecars are ready.</summary>
    public static Condition ContainersReadyOf(Pod pod)
    {
        if (!HasStatuses(pod.Status))
        {
            return False(ContainersReady, UnknownStatuses, null);
        }

        var unknown = new NameList();
        var unready = new NameList();
        foreach (Container container in pod.Spec.InitContainers)
        {
            if (IsSidecar(container))
            {
                Sort(container.Name, InitStatus(pod.Status, container.Name, "ready"), ref unknown, ref unready);
            }
        }

        foreach (Container container in pod.Spec.Containers)
        {
            bool isKnown = TryFind(pod.Status.ContainerStatuses, container.Name, out ContainerStatus? status);
            Sort(container.Name, isKnown ? status!.Ready ?? false : null, ref unknown, ref unready);
        }

        return pod.Status.Phase switch
        {
            PodPhase.Succeeded when unknown.IsEmpty => False(ContainersReady, "PodCompleted", null),
            PodPhase.Failed => False(ContainersReady, "PodFailed", null),
            _ when unknown.IsEmpty && unready.IsEmpty => True(ContainersReady),
            _ => False(ContainersReady, "ContainersNotReady", Joined(unknown.Message("containers with unknown status"), unready.Message("containers with unready status"))),
        };
    }

    /// <summary>Whether the Pod takes traffic: its containers are ready and every readiness gate's condition is true.</summary>
    public static Condition ReadyOf(Pod pod, Condition containersReady)
    {
        if (containersReady.Status != ConditionStatus.True)
        {
            return containersReady with { Type = Ready };
        }

        string message = "";
        foreach (PodReadinessGate gate in pod.Spec.ReadinessGates)
        {
            Condition? condition = Find(pod.Status.Conditions, gate.ConditionType);
            if (condition?.Status != ConditionStatus.True)
            {
                message = Joined(message, condition is null
                    ? $"corresponding condition of pod readiness gate \"{gate.ConditionType}\" does not exist."
                    : $"the status of pod readiness gate \"{gate.ConditionType}\" is not \"True\", but {condition.Status}");
            }
        }

        return message.Length == 0 ? True(Ready) : False(Ready, "ReadinessGatesNotReady", message);
    }

    /// <summary>Whether the init containers have done their work.</summary>
    public static Condition InitializedOf(Pod pod)
    {
        if (!pod.Spec.InitContainers.IsEmpty && !HasStatuses(pod.Status))
        {
            return False(Initialized, UnknownStatuses, null);
        }

        var unknown = new NameList();
        var incomplete = new NameList();
        foreach (Container container in pod.Spec.InitContainers)
        {
            Sort(container.Name, InitStatus(pod.Status, container.Name, IsSidecar(container) ? "started" : "ready"), ref unknown, ref incomplete);
        }

        return pod.Status.Phase switch
        {
            PodPhase.Succeeded when unknown.IsEmpty => True(Initialized) with { Reason = "PodCompleted" },
            _ when HasStartedContainer(pod.Status) || (unknown.IsEmpty && incomplete.IsEmpty) => True(Initialized),
            _ => False(Initialized, "ContainersNotInitialized", Joined(unknown.Message("containers with unknown status"), incomplete.Message("containers with incomplete status"))),
        };
    }

    private static Condition True(string type) => new() { Type = type, Status = ConditionStatus.True };

    private static Condition False(string type, string reason, string? message) => new() { Type = type, Status = ConditionStatus.False, Reason = reason, Message = message };

    private static bool HasStatuses(PodStatus status) => !status.ContainerStatuses.IsEmpty || status.Carried["initContainerStatuses"] is not null;

    private static bool HasStartedContainer(PodStatus status)
    {
        foreach (ContainerStatus container in status.ContainerStatuses)
        {
            if (container.Carried["state"] is { } state && (state["running"] is not null || state["terminated"] is not null))
            {
                return true;
            }
        }

        return false;
    }

    private static bool TryFind(EquatableArray<ContainerStatus> statuses, string name, [NotNullWhen(true)] out ContainerStatus? found)
    {
        foreach (ContainerStatus status in statuses)
        {
            if (status.Name == name)
            {
                found = status;
                return true;
            }
        }

        found = null;
        return false;
    }

    /// <summary>A flag of an init container's status; null where it has no status.</summary>
    private static bool? InitStatus(PodStatus status, string name, string flag)
    {
        foreach (JsonValue item in status.Carried["initContainerStatuses"]?.Items ?? default)
        {
            if (item["name"]?.Text == name)
            {
                return item[flag]?.Text == "true";
            }
        }

        return null;
    }

    private static void Sort(string name, bool? isFine, ref NameList unknown, ref NameList notFine)
    {
        if (isFine is null)
        {
            unknown.Add(name);
        }
        else if (!isFine.Value)
        {
            notFine.Add(name);
        }
    }

    private static string Joined(string first, string second) => first.Length == 0 ? second : second.Length == 0 ? first : $"{first}, {second}";

    /// <summary>Names as Go prints a list of strings.</summary>
    private struct NameList
    {
        private string? _names;

        public readonly bool IsEmpty => _names is null;

        public void Add(string name) => _names = _names is null ? name : $"{_names} {name}";

        public readonly string Message(string text) => _names is null ? "" : $"{text}: [{_names}]";
    }
}
