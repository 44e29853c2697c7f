using KubeSim.Api;

namespace KubeSim.Controllers.EndpointSlices;

/// <summary>What the EndpointSlice controller remembers of a Service between two syncs.</summary>
internal sealed class ServiceState
{
    public ServiceSlices Slices { get; } = new();

    public TriggerTimes TriggerTimes { get; set; } = new();

    /// <summary>Pods that have changed since the last sync; null for those that are no longer selected.</summary>
    public Dictionary<string, Pod?> Changed { get; } = new(StringComparer.Ordinal);

    /// <summary>Of the Service as it was at the last sync; null where everything has to be looked at.</summary>
    public EndpointSliceReconciler? Reconciler { get; set; }

    /// <summary><see cref="SelectedPods.ZonesVersion"/> at the last sync that looked at everything.</summary>
    public int ZonesVersion { get; set; }

    /// <summary>Whether an earlier sync gave hints by the zones' capacity.</summary>
    public bool HasTopologyHints { get; set; }

    /// <summary>Whether Pods are left out until their Node is known.</summary>
    public bool WaitsForNode { get; set; }

    /// <summary>Whether a slice is being created, whose name is not known yet.</summary>
    public bool IsCreating { get; set; }
}
