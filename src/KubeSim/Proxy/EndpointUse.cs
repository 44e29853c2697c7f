using KubeSim.Dataplane;

namespace KubeSim.Proxy;

/// <summary>Which lists of endpoints a service port needs.</summary>
/// <param name="Cluster">Whether some way into the Service leads to all endpoints.</param>
/// <param name="Local">Whether some way leads only to those of the node.</param>
/// <param name="NodeHints">Whether hints for nodes are read.</param>
internal readonly record struct EndpointUse(bool Cluster, bool Local, bool NodeHints = true)
{
    public static EndpointUse Of(ServiceRule rule, KubeProxyOptions options) => new(
        !rule.InternalLocal || rule.IsExternallyReachable,
        rule.InternalLocal || (rule.ExternalLocal && rule.IsExternallyReachable),
        options.PreferSameTrafficDistribution);
}
