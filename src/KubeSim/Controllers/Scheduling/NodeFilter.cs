using System.Globalization;
using KubeSim.Api;

namespace KubeSim.Controllers.Scheduling;

/// <summary>Why a Pod cannot run on a node, in the scheduler's words.</summary>
/// <source>kubernetes v1.36, pkg/scheduler/framework/plugins: nodeunschedulable, tainttoleration, nodeaffinity, noderesources</source>
internal static class NodeFilter
{
    public const string Unschedulable = "node(s) were unschedulable";
    public const string UntoleratedTaint = "node(s) had untolerated taint(s)";
    public const string NoMatch = "node(s) didn't match Pod's node affinity/selector";
    public const string TooManyPods = "Too many pods";

    private const string UnschedulableTaint = "node.kubernetes.io/unschedulable";
    private const string NotReadyTaint = "node.kubernetes.io/not-ready";
    private const string UnreachableTaint = "node.kubernetes.io/unreachable";
    private const string NoSchedule = "NoSchedule";

    /// <summary>The first reason against the node, or null where the Pod may run there as long as it has room.</summary>
    public static string? Reason(Node node, PlacementNeeds needs)
    {
        if (node.Spec.Unschedulable == true && !Tolerates(needs, new Taint { Key = UnschedulableTaint, Effect = NoSchedule }))
        {
            return Unschedulable;
        }

        if (ConditionTaint(node) is { } condition && !Tolerates(needs, condition))
        {
            return UntoleratedTaint;
        }

        foreach (Taint taint in node.Spec.Taints)
        {
            if (taint.Effect is NoSchedule or "NoExecute" && !Tolerates(needs, taint))
            {
                return UntoleratedTaint;
            }
        }

        return needs.NodeSelector.IsSubsetOf(node.Metadata.Labels) ? null : NoMatch;
    }

    /// <summary>How many Pods the node takes; as many as there are where it does not say.</summary>
    public static int Capacity(Node node) =>
        int.TryParse(node.Status.Carried["allocatable"]?["pods"]?.Text, CultureInfo.InvariantCulture, out int pods) ? pods : int.MaxValue;

    /// <summary>Whether two states of a node take the same Pods.</summary>
    public static bool IsSame(Node left, Node right) =>
        left.Metadata.Labels == right.Metadata.Labels && (ReferenceEquals(left.Spec, right.Spec) || left.Spec == right.Spec)
        && (ReferenceEquals(left.Status, right.Status) || (ConditionTaint(left) == ConditionTaint(right) && Capacity(left) == Capacity(right)));

    /// <summary>The taint that a node which is not ready gets, whether or not somebody has written it down yet.</summary>
    private static Taint? ConditionTaint(Node node) => Conditions.Find(node.Status.Conditions, "Ready")?.Status switch
    {
        null or ConditionStatus.True => null,
        ConditionStatus.False => new Taint { Key = NotReadyTaint, Effect = NoSchedule },
        _ => new Taint { Key = UnreachableTaint, Effect = NoSchedule },
    };

    private static bool Tolerates(PlacementNeeds needs, Taint taint)
    {
        foreach (Toleration toleration in needs.Tolerations)
        {
            if (Tolerates(toleration, taint))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Tolerates(Toleration toleration, Taint taint) =>
        (string.IsNullOrEmpty(toleration.Effect) || toleration.Effect == taint.Effect)
        && (string.IsNullOrEmpty(toleration.Key) || toleration.Key == taint.Key)
        && toleration.Operator switch
        {
            null or "" or "Equal" => (toleration.Value ?? "") == (taint.Value ?? ""),
            "Exists" => true,
            _ => false,
        };
}
