using KubeSim.Api;
using KubeSim.Collections;

namespace KubeSim.Controllers.NodeLifecycle;

/// <summary>The taints that keep new Pods from a node that is not ready or cordoned.</summary>
/// <source>kubernetes v1.36, pkg/controller/nodelifecycle, doNoScheduleTaintingPass</source>
internal static class NodeTaints
{
    private const string NotReady = "node.kubernetes.io/not-ready";
    private const string Unreachable = "node.kubernetes.io/unreachable";
    private const string Unschedulable = "node.kubernetes.io/unschedulable";
    private const string NoSchedule = "NoSchedule";

    /// <summary>The node's taints as its state wants them; the very same list where they are right already.</summary>
    public static EquatableArray<Taint> Wanted(Node node, DateTimeOffset now)
    {
        string? ready = Conditions.Find(node.Status.Conditions, "Ready")?.Status;
        EquatableArray<Taint> taints = With(node.Spec.Taints, NotReady, ready == ConditionStatus.False, now);
        taints = With(taints, Unreachable, ready == ConditionStatus.Unknown, now);
        return With(taints, Unschedulable, node.Spec.Unschedulable == true, now);
    }

    private static EquatableArray<Taint> With(EquatableArray<Taint> taints, string key, bool isWanted, DateTimeOffset now)
    {
        for (int i = 0; i < taints.Length; i++)
        {
            if (taints[i].Key == key && taints[i].Effect == NoSchedule)
            {
                return isWanted ? taints : taints.RemoveAt(i);
            }
        }

        return isWanted ? taints.Add(new Taint { Key = key, Effect = NoSchedule, TimeAdded = now }) : taints;
    }
}
