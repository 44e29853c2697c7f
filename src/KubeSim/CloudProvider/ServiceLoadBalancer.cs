using KubeSim.Addressing;
using KubeSim.Api;
using KubeSim.Collections;
using KubeSim.Dataplane;

namespace KubeSim.CloudProvider;

/// <summary>What the provider keeps of a Service: the last news of it, and what it has made for it.</summary>
internal sealed class ServiceLoadBalancer
{
    /// <summary>The Service as last delivered; null once it is gone.</summary>
    public Service? Service { get; set; }

    /// <summary>Whose load balancer this is: a Service of the same name may come after it.</summary>
    public string? Uid { get; set; }

    public EquatableArray<IpAddress> Addresses { get; set; }

    /// <summary>What is installed in the network.</summary>
    public EquatableArray<LoadBalancerFrontend> Frontends { get; set; }

    /// <summary>Why it has no address; null where it has one or wants none.</summary>
    public PendingReason? Pending { get; set; }
}
