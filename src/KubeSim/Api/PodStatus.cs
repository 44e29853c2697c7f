using KubeSim.Collections;

namespace KubeSim.Api;

/// <summary>The state of a Pod.</summary>
public sealed record PodStatus
{
    /// <summary>The one in which nothing is set.</summary>
    public static PodStatus Empty { get; } = new();

    /// <summary>See <see cref="PodPhase"/>.</summary>
    public string? Phase { get; init; }

    /// <summary>Its conditions, <c>Ready</c> above all.</summary>
    public EquatableArray<Condition> Conditions { get; init; }

    /// <summary>Its address; null until it has one.</summary>
    public string? PodIP { get; init; }

    /// <summary>One address per family; the first is PodIP.</summary>
    public EquatableArray<PodAddress> PodIPs { get; init; }

    /// <summary>Its node's address.</summary>
    public string? HostIP { get; init; }

    /// <summary>Its node's addresses, one per family.</summary>
    public EquatableArray<PodAddress> HostIPs { get; init; }

    /// <summary>When the kubelet took it over.</summary>
    public DateTimeOffset? StartTime { get; init; }

    /// <summary>Why it is in this state, as one word.</summary>
    public string? Reason { get; init; }

    /// <summary>Why it is in this state, as a sentence.</summary>
    public string? Message { get; init; }

    /// <summary>The states of its containers.</summary>
    public EquatableArray<ContainerStatus> ContainerStatuses { get; init; }

    /// <summary>The fields that are not typed here, as they came.</summary>
    public CarriedFields Carried { get; init; }

    internal static PodStatus Map(FieldMap map, PodStatus? value) => new()
    {
        Phase = map.Text("phase", value?.Phase),
        Conditions = map.List("conditions", value?.Conditions ?? default, Condition.Map),
        PodIP = map.Text("podIP", value?.PodIP),
        PodIPs = map.List("podIPs", value?.PodIPs ?? default, PodAddress.Map),
        HostIP = map.Text("hostIP", value?.HostIP),
        HostIPs = map.List("hostIPs", value?.HostIPs ?? default, PodAddress.Map),
        StartTime = map.Time("startTime", value?.StartTime),
        Reason = map.Text("reason", value?.Reason),
        Message = map.Text("message", value?.Message),
        ContainerStatuses = map.List("containerStatuses", value?.ContainerStatuses ?? default, ContainerStatus.Map),
        Carried = map.Rest(
            value?.Carried ?? default,
            "allocatedResources", "ephemeralContainerStatuses", "extendedResourceClaimStatus", "initContainerStatuses", "nodeAllocatableResourceClaimStatuses", "nominatedNodeName", "observedGeneration",
            "qosClass", "resize", "resourceClaimStatuses", "resources"),
    };
}
