namespace KubeSim.Api;

/// <summary>Whether a condition holds. The values that Kubernetes knows; others are kept and refused by the API server.</summary>
public static class ConditionStatus
{
    /// <summary>It does.</summary>
    public const string True = "True";

    /// <summary>It does not.</summary>
    public const string False = "False";

    /// <summary>Nobody knows.</summary>
    public const string Unknown = "Unknown";
}
