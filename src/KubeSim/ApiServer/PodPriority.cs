using KubeSim.Api;
using KubeSim.ApiServer.Defaulting;

namespace KubeSim.ApiServer;

/// <summary>What the name of a priority class means for a Pod.</summary>
/// <source>kubernetes v1.36, plugin/pkg/admission/priority</source>
internal static class PodPriority
{
    private const string ClassName = "priorityClassName";

    private static readonly ResourceType PriorityClass = KnownResources.OfKind("scheduling.k8s.io/v1", nameof(PriorityClass));

    /// <summary>The Pod with its class's priority.</summary>
    /// <exception cref="ApiException">403: there is no such class.</exception>
    internal static Pod Resolve(ObjectStore store, Pod pod)
    {
        if (pod.Spec.Carried[ClassName]?.Text is not { Length: > 0 } name)
        {
            return pod;
        }

        long priority = name switch
        {
            "system-node-critical" => 2_000_001_000,
            "system-cluster-critical" => 2_000_000_000,
            _ when store.Find(PriorityClass, new("", name)) is { } found => found.Carried["value"] is { } value && value.TryGetNumber(out long number) ? number : 0,
            _ => throw Refusal.Forbidden(ResourceType.Pod, pod.Metadata.Name, $"no PriorityClass with name {name} was found"),
        };
        return pod with { Spec = pod.Spec with { Carried = pod.Spec.Carried.With("priority", JsonValue.OfNumber(priority)) } };
    }
}
