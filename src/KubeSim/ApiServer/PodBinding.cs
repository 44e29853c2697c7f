using KubeSim.Api;
using KubeSim.Collections;
using KubeSim.Simulation;

namespace KubeSim.ApiServer;

/// <summary>How a Pod gets its node, and from it the labels that say where that is.</summary>
/// <source>kubernetes v1.36, pkg/registry/core/pod/storage, assignPod; plugin/pkg/admission/podtopologylabels</source>
internal static class PodBinding
{
    private static readonly string[] TopologyLabels = ["topology.kubernetes.io/region", "topology.kubernetes.io/zone"];

    /// <summary>The Pod on its node.</summary>
    /// <exception cref="ApiException">It has a node, or is being deleted.</exception>
    internal static Pod Bind(ObjectStore store, VirtualClock clock, Pod pod, string nodeName)
    {
        string name = pod.Metadata.Name;
        if (pod.Metadata.DeletionTimestamp is not null)
        {
            throw Refusal.Conflict(ResourceType.Pod, "binding", name, $"pod {name} is being deleted, cannot be assigned to a host");
        }

        if (!string.IsNullOrEmpty(pod.Spec.NodeName))
        {
            throw Refusal.Conflict(ResourceType.Pod, "binding", name, $"pod {name} is already assigned to node \"{pod.Spec.NodeName}\"");
        }

        var scheduled = new Condition { Type = "PodScheduled", Status = ConditionStatus.True, LastTransitionTime = ObjectCreation.WholeSeconds(clock) };
        return WithTopology(store, pod with
        {
            Spec = pod.Spec with { NodeName = nodeName },
            Status = pod.Status with { Conditions = WithCondition(pod.Status.Conditions, scheduled) },
        });
    }

    /// <summary>The Pod with its node's region and zone; as it is where it has no node, or one that does not exist.</summary>
    internal static Pod WithTopology(ObjectStore store, Pod pod)
    {
        if (string.IsNullOrEmpty(pod.Spec.NodeName) || store.Find(ResourceType.Node, new("", pod.Spec.NodeName)) is not { } node)
        {
            return pod;
        }

        LabelSet labels = pod.Metadata.Labels;
        foreach (string key in TopologyLabels)
        {
            if (node.Metadata.Labels[key] is { } value && labels[key] != value)
            {
                labels = labels.With(key, value);
            }
        }

        return labels == pod.Metadata.Labels ? pod : pod with { Metadata = pod.Metadata with { Labels = labels } };
    }

    private static EquatableArray<Condition> WithCondition(EquatableArray<Condition> conditions, Condition wanted)
    {
        for (int i = 0; i < conditions.Length; i++)
        {
            if (conditions[i].Type == wanted.Type)
            {
                return conditions.SetItem(i, wanted);
            }
        }

        return conditions.Add(wanted);
    }
}
