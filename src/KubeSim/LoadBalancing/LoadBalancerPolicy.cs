using KubeSim.Collections;
using Schedulers = KubeSim.LoadBalancing.Ipvs.IpvsSchedulers;

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
    public static LoadBalancerPolicy Random { get; } = new("random", static () => RandomBalancer.Instance, countsFlows: false) { IsOurs = true };

    /// <summary>One endpoint after the other, each node for itself, beginning with the first.</summary>
    public static LoadBalancerPolicy RoundRobin { get; } = new("round-robin", static () => new RoundRobinBalancer(), countsFlows: false) { IsOurs = true };

    /// <summary>Of two random endpoints, the one with fewer connections open through this node; the first of them on a tie.</summary>
    public static LoadBalancerPolicy PowerOfTwoChoices { get; } = new("power-of-two-choices", static () => new PowerOfTwoChoicesBalancer(), countsFlows: true) { IsOurs = true };

    /// <summary>The endpoint with the fewest connections open through this node; the first of them on a tie.</summary>
    public static LoadBalancerPolicy LeastConnections { get; } = new("least-connections", static () => new LeastConnectionsBalancer(), countsFlows: true) { IsOurs = true };

    /// <summary>The names that <see cref="Ipvs"/> knows.</summary>
    public static EquatableArray<string> IpvsSchedulers { get; } = EquatableArray.Create<string>(Schedulers.Names);

    /// <summary>What it is called in traces and reports.</summary>
    public string Name { get; }

    /// <summary>Whether nothing of it is somebody else's code.</summary>
    private bool IsOurs { get; init; }

    /// <summary>Whether connections are counted for <see cref="PickContext.ActiveFlows"/>.</summary>
    internal bool CountsFlows { get; }

    /// <summary>
    /// A scheduler of Linux' IP Virtual Server, as kube-proxy uses it in its ipvs mode; it works in every mode. Decides as the kernel's
    /// module does, ties and oddities included: <c>rr</c> and <c>wrr</c> (weighted) round robin; <c>lc</c> and <c>wlc</c> (weighted)
    /// least connection; <c>sed</c> shortest expected delay; <c>nq</c> never queue; <c>sh</c>, <c>dh</c> and <c>mh</c> hash the source,
    /// the destination, and the source with Maglev; <c>twos</c> power of two choices. The policy's name is <c>ipvs-</c> and the scheduler's.
    /// </summary>
    /// <param name="scheduler">What <c>ipvsadm --scheduler</c> and kube-proxy's <c>--ipvs-scheduler</c> call it; one of <see cref="IpvsSchedulers"/>.</param>
    /// <param name="weight">
    /// The weight of an endpoint, 0 to 65,535; 1 for every endpoint where it is null, as kube-proxy sets it. 0 is quiesced: no new
    /// connections. Asked for every endpoint of a list, whenever the list is another one; the same endpoint should get the same answer on every node.
    /// A pick throws <see cref="InvalidOperationException"/> where the answer lies outside the range.
    /// </param>
    /// <remarks>
    /// Real servers stand in the order of <see cref="PickContext.Endpoints"/>, and the first of them is the kernel's first. On a machine that
    /// order is chance: the kernel puts each server it is told of in front, and kube-proxy tells it of several in no particular order.
    /// lc, wlc and twos count connections for two minutes after they are closed (UDP five, SCTP one), each a 256th of an open one.
    /// </remarks>
    /// <exception cref="ArgumentException"><paramref name="scheduler"/> is null, empty, or none of the known names.</exception>
    /// <source>linux v6.x, net/netfilter/ipvs; kubernetes v1.36, pkg/proxy/ipvs/proxier.go</source>
    public static LoadBalancerPolicy Ipvs(string scheduler, Func<Backend, int>? weight = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(scheduler);
        return Schedulers.Find(scheduler, weight) is { } create ? new("ipvs-" + scheduler, create, Schedulers.CountsFlows(scheduler)) { IsOurs = weight is null }
            : throw new ArgumentException($"There is no IPVS scheduler '{scheduler}'; there are {string.Join(", ", Schedulers.Names)}.", nameof(scheduler));
    }

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

    /// <summary>The same strategy; an exception from code that is not ours is shown to the filter on its way.</summary>
    internal LoadBalancerPolicy Guarded(Func<Exception, bool> filter) =>
        IsOurs ? this : new(Name, () => new GuardedLoadBalancer(this, filter), CountsFlows);

    internal ILoadBalancer Create() =>
        _create() ?? throw new InvalidOperationException($"The load-balancing policy '{Name}' made no balancer: its factory returned null.");
}
