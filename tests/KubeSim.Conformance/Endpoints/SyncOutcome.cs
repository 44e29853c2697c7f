namespace KubeSim.Conformance.Endpoints;

/// <summary>What one sync of all controllers did.</summary>
internal sealed class SyncOutcome
{
    public WriteCounts Slices { get; set; }

    public WriteCounts Endpoints { get; set; }

    /// <summary>As <c>kubectl describe</c> has them: type, reason, message.</summary>
    public List<string> Events { get; } = [];

    /// <summary>Whether a sync ended with an error, after its writes.</summary>
    public bool HasFailed { get; set; }
}
