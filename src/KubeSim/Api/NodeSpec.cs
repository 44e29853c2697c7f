using KubeSim.Collections;

namespace KubeSim.Api;

/// <summary>What is wanted of a node.</summary>
public sealed record NodeSpec
{
    /// <summary>The one in which nothing is set.</summary>
    public static NodeSpec Empty { get; } = new();

    /// <summary>The block from which its Pods get their addresses.</summary>
    public string? PodCIDR { get; init; }

    /// <summary>One block per address family; the first is PodCIDR.</summary>
    public EquatableArray<string> PodCIDRs { get; init; }

    /// <summary>The name of the machine at the cloud provider.</summary>
    public string? ProviderID { get; init; }

    /// <summary>Whether new Pods stay away (cordoned).</summary>
    public bool? Unschedulable { get; init; }

    /// <summary>What keeps Pods away that do not tolerate it.</summary>
    public EquatableArray<Taint> Taints { get; init; }

    /// <summary>The fields that are not typed here, as they came.</summary>
    public CarriedFields Carried { get; init; }

    internal static NodeSpec Map(FieldMap map, NodeSpec? value) => new()
    {
        PodCIDR = map.Text("podCIDR", value?.PodCIDR),
        PodCIDRs = map.Texts("podCIDRs", value?.PodCIDRs ?? default),
        ProviderID = map.Text("providerID", value?.ProviderID),
        Unschedulable = map.Flag("unschedulable", value?.Unschedulable),
        Taints = map.List("taints", value?.Taints ?? default, Taint.Map),
        Carried = map.Rest(value?.Carried ?? default, "configSource", "externalID"),
    };
}
