namespace KubeSim.Api;

/// <summary>How many address families a Service has. The values that Kubernetes knows; others are kept and refused by the API server.</summary>
public static class IPFamilyPolicy
{
    /// <summary>One.</summary>
    public const string SingleStack = "SingleStack";

    /// <summary>Two where the cluster has two.</summary>
    public const string PreferDualStack = "PreferDualStack";

    /// <summary>Two.</summary>
    public const string RequireDualStack = "RequireDualStack";
}
