namespace KubeSim.Api;

/// <summary>A preference for near endpoints. The values that Kubernetes knows; others are kept and refused by the API server.</summary>
public static class TrafficDistribution
{
    /// <summary>The same zone (deprecated name).</summary>
    public const string PreferClose = "PreferClose";

    /// <summary>The same zone.</summary>
    public const string PreferSameZone = "PreferSameZone";

    /// <summary>The same node, then the same zone.</summary>
    public const string PreferSameNode = "PreferSameNode";
}
