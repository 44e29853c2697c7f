using KubeSim.Api;

namespace KubeSim.Controllers.EndpointSliceMirroring;

/// <summary>What must be written so that the slices are what an Endpoints object says.</summary>
internal sealed class MirroredChanges
{
    /// <summary>Without names; the server makes them.</summary>
    public List<EndpointSlice> Creates { get; } = [];

    public List<EndpointSlice> Updates { get; } = [];

    public List<EndpointSlice> Deletes { get; } = [];

    /// <summary>Warnings about the object: a reason and a message.</summary>
    public List<(string Reason, string Message)> Warnings { get; } = [];

    public bool IsEmpty => Creates.Count + Updates.Count + Deletes.Count == 0;
}
