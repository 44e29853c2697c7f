using KubeSim.Api;

namespace KubeSim.Controllers.EndpointSlices;

/// <summary>Where the endpoint of a Pod is.</summary>
/// <param name="Entry">The slice.</param>
/// <param name="Index">The place in it.</param>
internal readonly record struct SlicePlace(SliceEntry Entry, int Index)
{
    public Endpoint Endpoint => Entry.Slice.Endpoints[Index];
}
