using KubeSim.Api;

namespace KubeSim.Controllers.EndpointSlices;

/// <summary>A Service in the index of selectors.</summary>
internal sealed class SelectedService
{
    public SelectedService(Service service)
    {
        Name = service.Name;
        Service = service;
        Alone = [this];
    }

    public NamespacedName Name { get; }

    public Service Service { get; set; }

    /// <summary>The list for Pods that only this Service selects: one for all of them.</summary>
    public SelectedService[] Alone { get; }
}
