namespace KubeSim.Api;

/// <summary>Where a Pod is in its life. The values that Kubernetes knows; others are kept and refused by the API server.</summary>
public static class PodPhase
{
    /// <summary>Not all its containers have started.</summary>
    public const string Pending = "Pending";

    /// <summary>All its containers have started.</summary>
    public const string Running = "Running";

    /// <summary>All have ended well and none starts again.</summary>
    public const string Succeeded = "Succeeded";

    /// <summary>All have ended and one of them badly.</summary>
    public const string Failed = "Failed";

    /// <summary>Its node does not answer.</summary>
    public const string Unknown = "Unknown";
}
