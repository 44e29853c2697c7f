using KubeSim.Api;
using KubeSim.Collections;

namespace KubeSim.Controllers.Scheduling;

/// <summary>What decides on which nodes a Pod may run; Pods with the same needs share one search.</summary>
/// <param name="NodeSelector">Labels that the node must have.</param>
/// <param name="Tolerations">Taints that do not keep the Pod away.</param>
internal readonly record struct PlacementNeeds(LabelSet NodeSelector, EquatableArray<Toleration> Tolerations)
{
    public static PlacementNeeds Of(PodSpec spec) => new(spec.NodeSelector, spec.Tolerations);
}
