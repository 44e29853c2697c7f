namespace KubeSim;

/// <summary>What kube-proxy sets of the kernel's connection tracking, under the names of <c>kubeproxy.config.k8s.io/v1alpha1</c>.</summary>
/// <source>kubernetes v1.36, pkg/proxy/apis/config/types.go and pkg/proxy/conntrack/sysctls.go</source>
public sealed record KubeProxyConntrackConfiguration
{
    /// <summary>How many flows a node remembers at most for each of its <see cref="NodeOptions.Cores"/> (<c>--conntrack-max-per-core</c>).</summary>
    /// <value>0 to 2147483647; 32768 by default. 0: there is no limit. The product is cut at 1048576.</value>
    public int MaxPerCore { get; init; } = 32_768;

    /// <summary>How many flows it remembers at least, however few its cores (<c>--conntrack-min</c>).</summary>
    /// <value>0 to 2147483647; 131072 by default.</value>
    public int Min { get; init; } = 131_072;

    /// <summary>How long an open TCP connection is remembered without a packet (<c>--conntrack-tcp-timeout-established</c>).</summary>
    /// <value>Zero to 365 days; 24 hours by default. Zero: the kernel's own five days.</value>
    public TimeSpan TcpEstablishedTimeout { get; init; } = TimeSpan.FromHours(24);

    /// <summary>Whether TCP packets outside of the window count as part of their connection (<c>--conntrack-tcp-be-liberal</c>).</summary>
    public bool TcpBeLiberal { get; init; }

    /// <summary>How long a UDP flow is remembered that nobody has answered (<c>--conntrack-udp-timeout</c>).</summary>
    /// <value>Zero to 365 days; zero by default: the kernel's own 30 seconds.</value>
    public TimeSpan UdpTimeout { get; init; }

    /// <summary>How long a UDP flow is remembered that has been answered (<c>--conntrack-udp-timeout-stream</c>).</summary>
    /// <value>Zero to 365 days; zero by default: the kernel's own 120 seconds.</value>
    public TimeSpan UdpStreamTimeout { get; init; }
}
