using KubeSim.Api;

namespace KubeSim.Controllers.EndpointSlices;

/// <summary>A slice of a Service as the controller knows it.</summary>
internal sealed class SliceEntry(EndpointSlice slice)
{
    /// <summary>As it was last seen or written.</summary>
    public EndpointSlice Slice { get; set; } = slice;

    /// <summary>Own writes of which the watch has not told yet.</summary>
    public int InFlight { get; set; }
}
