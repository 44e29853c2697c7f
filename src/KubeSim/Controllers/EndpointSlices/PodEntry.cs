using KubeSim.Api;

namespace KubeSim.Controllers.EndpointSlices;

/// <summary>A Pod in the index of labels.</summary>
internal sealed class PodEntry(Pod pod)
{
    public Pod Pod { get; set; } = pod;

    /// <summary>The Services that select it, as of <see cref="SelectorsVersion"/>; null where that must be found out.</summary>
    public SelectedService[]? Services { get; set; }

    public int SelectorsVersion { get; set; }
}
