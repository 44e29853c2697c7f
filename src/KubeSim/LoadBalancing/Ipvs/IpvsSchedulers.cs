namespace KubeSim.LoadBalancing.Ipvs;

/// <summary>The schedulers by the names that the kernel's modules register.</summary>
internal static class IpvsSchedulers
{
    public static readonly string[] Names = ["rr", "wrr", "lc", "wlc", "sed", "nq", "sh", "dh", "mh", "twos"];

    /// <summary>Whether a scheduler decides by the connections that are open.</summary>
    public static bool CountsFlows(string name) => name is "lc" or "wlc" or "sed" or "nq" or "twos";

    /// <summary>What makes balancers of that name; null where there is no such scheduler.</summary>
    public static Func<ILoadBalancer>? Find(string name, Func<Backend, int>? weight) => name switch
    {
        "rr" => () => new RoundRobinScheduler(new RealServers(weight)),
        "wrr" => () => new WeightedRoundRobinScheduler(new RealServers(weight)),
        "lc" => () => new LeastConnectionScheduler(new RealServers(weight)),
        "wlc" => () => new WeightedLeastConnectionScheduler(new RealServers(weight)),
        "sed" => () => new ShortestExpectedDelayScheduler(new RealServers(weight)),
        "nq" => () => new NeverQueueScheduler(new RealServers(weight)),
        "sh" => () => new SourceHashingScheduler(new RealServers(weight)),
        "dh" => () => new DestinationHashingScheduler(new RealServers(weight)),
        "mh" => () => new MaglevHashingScheduler(new RealServers(weight)),
        "twos" => () => new PowerOfTwosScheduler(new RealServers(weight)),
        _ => null,
    };
}
