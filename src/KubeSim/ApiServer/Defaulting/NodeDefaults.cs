using KubeSim.Api;
using KubeSim.Collections;

namespace KubeSim.ApiServer.Defaulting;

/// <summary>What a Node says that leaves things out.</summary>
/// <source>kubernetes v1.36, pkg/apis/core/v1/conversion.go; the admission plug-in TaintNodesByCondition</source>
internal static class NodeDefaults
{
    private static readonly Taint NotReady = new() { Key = "node.kubernetes.io/not-ready", Effect = "NoSchedule" };

    // What the real server writes for a status that nobody has set.
    private static readonly JsonField[] EmptyStatus =
    [
        new("daemonEndpoints", JsonValue.OfObject([new("kubeletEndpoint", JsonValue.OfObject([CarriedDefaults.Number("Port", 0)]))])),
        new("nodeInfo", JsonValue.OfObject(
        [
            CarriedDefaults.Text("machineID", ""), CarriedDefaults.Text("systemUUID", ""), CarriedDefaults.Text("bootID", ""),
            CarriedDefaults.Text("kernelVersion", ""), CarriedDefaults.Text("osImage", ""), CarriedDefaults.Text("containerRuntimeVersion", ""),
            CarriedDefaults.Text("kubeletVersion", ""), CarriedDefaults.Text("kubeProxyVersion", ""), CarriedDefaults.Text("operatingSystem", ""),
            CarriedDefaults.Text("architecture", ""),
        ])),
    ];

    /// <summary>Keeps podCIDR and the first of podCIDRs the same; where they differ, podCIDR wins.</summary>
    internal static Node Complete(Node value)
    {
        NodeSpec spec = value.Spec;
        if (string.IsNullOrEmpty(spec.PodCIDR))
        {
            return spec.PodCIDRs.IsEmpty ? value : value with { Spec = spec with { PodCIDR = spec.PodCIDRs[0] } };
        }

        return !spec.PodCIDRs.IsEmpty && spec.PodCIDRs[0] == spec.PodCIDR ? value : value with { Spec = spec with { PodCIDRs = [spec.PodCIDR] } };
    }

    /// <summary>A new node takes no Pods until it is ready. The real server taints also a node that says at once that it is, for a controller to undo.</summary>
    internal static Node CompleteNew(Node value)
    {
        value = Complete(value);
        value = value with { Status = value.Status with { Carried = value.Status.Carried.WithMissing(EmptyStatus) } };
        foreach (Condition condition in value.Status.Conditions)
        {
            if (condition is { Type: "Ready", Status: ConditionStatus.True })
            {
                return value;
            }
        }

        EquatableArray<Taint> taints = value.Spec.Taints;
        foreach (Taint taint in taints)
        {
            if (taint.Key == NotReady.Key && taint.Effect == NotReady.Effect)
            {
                return value;
            }
        }

        return value with { Spec = value.Spec with { Taints = taints.Add(NotReady) } };
    }
}
