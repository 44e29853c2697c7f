using KubeSim.Collections;

namespace KubeSim.Api;

/// <summary>The state of a node.</summary>
public sealed record NodeStatus
{
    /// <summary>The one in which nothing is set.</summary>
    public static NodeStatus Empty { get; } = new();

    /// <summary>Its addresses and names.</summary>
    public EquatableArray<NodeAddress> Addresses { get; init; }

    /// <summary>Its conditions, <c>Ready</c> above all.</summary>
    public EquatableArray<Condition> Conditions { get; init; }

    /// <summary>The fields that are not typed here, as they came.</summary>
    public CarriedFields Carried { get; init; }

    internal static NodeStatus Map(FieldMap map, NodeStatus? value) => new()
    {
        Addresses = map.List("addresses", value?.Addresses ?? default, NodeAddress.Map),
        Conditions = map.List("conditions", value?.Conditions ?? default, Condition.Map),
        Carried = map.Rest(
            value?.Carried ?? default,
            "allocatable", "capacity", "config", "daemonEndpoints", "declaredFeatures", "features", "images", "nodeInfo", "phase", "runtimeHandlers", "volumesAttached",
            "volumesInUse"),
    };
}
