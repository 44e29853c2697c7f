using KubeSim.Api;

namespace KubeSim.Controllers.Deployments;

/// <summary>What one pass over a Deployment wants written.</summary>
internal sealed record DeploymentPlan
{
    /// <summary>The ReplicaSet of a new template, or null.</summary>
    public ReplicaSet? Create { get; init; }

    /// <summary>ReplicaSets with another size or other annotations.</summary>
    public IReadOnlyList<ReplicaSet> Replace { get; init; } = [];

    /// <summary>Old ReplicaSets beyond the limit of the history.</summary>
    public IReadOnlyList<ReplicaSet> Delete { get; init; } = [];

    /// <summary>The revision to note on the Deployment; null where it is there already.</summary>
    public string? Revision { get; init; }

    /// <summary>The status as it should be now.</summary>
    public required DeploymentStatus Status { get; init; }
}
