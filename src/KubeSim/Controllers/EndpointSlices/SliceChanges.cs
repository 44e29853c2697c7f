using KubeSim.Api;

namespace KubeSim.Controllers.EndpointSlices;

/// <summary>What must be written so that the slices of a Service are right; written in this order.</summary>
internal sealed class SliceChanges
{
    /// <summary>Without names; the server makes them.</summary>
    public List<EndpointSlice> Creates { get; } = [];

    public List<EndpointSlice> Updates { get; } = [];

    public List<EndpointSlice> Deletes { get; } = [];

    /// <summary>Pods left out because their Node is not known: to be tried again when it is.</summary>
    public List<string> WaitingForNode { get; } = [];

    /// <summary>What the Service's events say: type, reason and message.</summary>
    public List<string> Events { get; } = [];

    public bool IsEmpty => Creates.Count + Updates.Count + Deletes.Count == 0;
}
