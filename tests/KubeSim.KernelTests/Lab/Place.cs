namespace KubeSim.KernelTests.Lab;

/// <summary>Where a packet starts or ends.</summary>
internal enum Place
{
    /// <summary>The node whose rules are looked at.</summary>
    Node,

    /// <summary>The Pods on it, behind the interface <c>cni0</c>.</summary>
    Pods,

    /// <summary>Everything else, behind the interface <c>eth0</c>: other nodes, their Pods, and hosts outside the cluster.</summary>
    Far,
}
