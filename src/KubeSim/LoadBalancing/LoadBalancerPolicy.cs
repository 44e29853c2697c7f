namespace KubeSim.LoadBalancing;

/// <summary>A named strategy that makes one balancer for each service port on each node.</summary>
public sealed class LoadBalancerPolicy
{
    private readonly Func<ILoadBalancer> _create;

    private LoadBalancerPolicy(string name, Func<ILoadBalancer> create, bool countsFlows)
    {
        Name = name;
        _create = create;
        CountsFlows = countsFlows;
    }

    /// <summary>Each endpoint equally likely, as kube-proxy picks in its iptables and nftables modes.</summary>
    public static LoadBalancerPolicy Random { get; } = new("random", static () => RandomBalancer.Instance, countsFlows: false);

    /// <summary>One endpoint after the other, each node for itself, beginning with the first.</summary>
    public static LoadBalancerPolicy RoundRobin { get; } = new("round-robin", static () => new RoundRobinBalancer(), countsFlows: false);

    /// <summary>Of two random endpoints, the one with fewer connections open through this node; the first of them on a tie.</summary>
    public static LoadBalancerPolicy PowerOfTwoChoices { get; } = new("power-of-two-choices", static () => new PowerOfTwoChoicesBalancer(), countsFlows: true);

    /// <summary>The endpoint with the fewest connections open through this node; the first of them on a tie.</summary>
    public static LoadBalancerPolicy LeastConnections { get; } = new("least-connections", static () => new LeastConnectionsBalancer(), countsFlows: true);

    /// <summary>What it is called in traces and reports.</summary>
    public string Name { get; }

    /// <summary>Whether connections are counted for <see cref="PickContext.ActiveFlows"/>.</summary>
    internal bool CountsFlows { get; }

    /// <summary>A strategy of one's own.</summary>
    /// <param name="name">What it is called in traces and reports.</param>
    /// <param name="create">Makes one balancer; called once for each service port on each node that has traffic for it.</param>
    /// <exception cref="ArgumentException"><paramref name="name"/> is empty or null.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="create"/> is null.</exception>
    public static LoadBalancerPolicy From(string name, Func<ILoadBalancer> create)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(create);
        return new(name, create, countsFlows: true);
    }

    /// <summary>The name.</summary>
    public override string ToString() => Name;

    internal ILoadBalancer Create() =>
        _create() ?? throw new InvalidOperationException($"The load-balancing policy '{Name}' made no balancer: its factory returned null.");
}
