using KubeSim.Api;

namespace KubeSim.Controllers.EndpointSlices;

/// <summary>A controller that keeps something for each Service from the Pods that it selects.</summary>
internal interface ISelectionListener
{
    /// <summary>A Service has been added, changed or deleted.</summary>
    void ServiceChanged(NamespacedName service);

    /// <summary>A Pod that a Service selects, or selected before, has changed.</summary>
    /// <param name="service">The Service.</param>
    /// <param name="pod">The Pod's name.</param>
    /// <param name="now">The Pod, or null where the Service selects it no longer.</param>
    /// <param name="counts">Whether the change alone is worth a sync; else the next one takes it along.</param>
    void PodChanged(NamespacedName service, string pod, Pod? now, bool counts);

    /// <summary>A Node has been added.</summary>
    void NodeAdded();
}
