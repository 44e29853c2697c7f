namespace KubeSim.Tracing;

/// <summary>Why a packet did not arrive.</summary>
public enum ReasonCode
{
    /// <summary>It arrived.</summary>
    None,

    /// <summary>The Service has no endpoint at all that could take traffic.</summary>
    NoEndpoints,

    /// <summary>A traffic policy of the Service is Local, and this node has no endpoint of it.</summary>
    NoLocalEndpoints,

    /// <summary>The source lies outside spec.loadBalancerSourceRanges.</summary>
    SourceNotAllowed,

    /// <summary>Nothing listens on that port of the Pod, node or host.</summary>
    NoListener,

    /// <summary>No Pod has that address, though it lies in a range of Pod addresses.</summary>
    PodNotFound,

    /// <summary>The address is a ClusterIP, but of no Service on that port.</summary>
    NoSuchServicePort,

    /// <summary>The address lies in a range of ClusterIPs, but no Service has it.</summary>
    NoSuchClusterIP,

    /// <summary>No Service has that node port, and nothing else listens on it.</summary>
    NoSuchNodePort,

    /// <summary>Nobody has that address.</summary>
    NoRouteToHost,

    /// <summary>The source has no address of the destination's family.</summary>
    NoSourceAddress,

    /// <summary>From outside the cluster there is no way to ClusterIPs and Pod addresses.</summary>
    NotReachableFromOutside,

    /// <summary>No load balancer has that address and port.</summary>
    NoSuchLoadBalancer,

    /// <summary>The load balancer has no node to send to.</summary>
    NoLoadBalancerMembers,

    /// <summary>The node is down.</summary>
    NodeDown,

    /// <summary>The endpoint of an open connection has gone.</summary>
    EndpointGone,

    /// <summary>The node does not know the connection any more: its conntrack entry has timed out.</summary>
    ConntrackExpired,

    /// <summary>Every source port towards that destination is in use.</summary>
    NoFreePort,

    /// <summary>The packet went from node to node too often.</summary>
    TooManyHops,

    /// <summary>The load-balancing policy gave it to none of the endpoints that it could have picked.</summary>
    NoEndpointPicked,

    /// <summary>The name does not exist.</summary>
    NameNotFound,

    /// <summary>The Service has no port of that name or number.</summary>
    ServicePortNotFound,

    /// <summary>The node's table of connections is full: what is new gets no place in it.</summary>
    ConntrackFull,

    /// <summary>The Pod was picked as the endpoint of its own packet, which cannot come back to it.</summary>
    HairpinLost,
}
