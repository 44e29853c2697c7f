namespace KubeSim.LoadBalancing;

/// <summary>One draw for each pick; the same law as kube-proxy's chain of probabilities.</summary>
/// <source>kubernetes v1.36, pkg/proxy/iptables/proxier.go</source>
internal sealed class RandomBalancer : ILoadBalancer
{
    /// <summary>It remembers nothing, so one is enough for everybody.</summary>
    public static RandomBalancer Instance { get; } = new();

    public int Pick(in PickContext context) => context.Random.NextInt32(context.Endpoints.Length);
}
