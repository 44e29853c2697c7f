using KubeSim.Api;

namespace KubeSim.Controllers.Scheduling;

/// <summary>Pods that are spread over the nodes: those of one controller, or without one those of the same labels.</summary>
internal readonly record struct SpreadGroup(string Namespace, string Owner, LabelSet Labels)
{
    public static SpreadGroup Of(Pod pod) =>
        Owners.ControllerOf(pod.Metadata) is { } owner ? new("", owner.Uid, default) : new(pod.Metadata.Namespace, "", pod.Metadata.Labels);
}
