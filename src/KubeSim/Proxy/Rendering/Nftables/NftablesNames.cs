using System.Globalization;
using KubeSim.Addressing;
using KubeSim.Dataplane;

namespace KubeSim.Proxy.Rendering.Nftables;

/// <summary>
/// What the chains and sets of a service port and of its endpoints are called. The hash is of the whole name, so that a name
/// that had to be cut is still the only one.
/// </summary>
/// <source>kubernetes v1.36, pkg/proxy/nftables/proxier.go: servicePortChainNameBase, servicePortEndpointChainNameBase</source>
internal static class NftablesNames
{
    public const string ServicePrefix = "service-";
    public const string LocalPrefix = "local-";
    public const string ExternalPrefix = "external-";
    public const string FirewallPrefix = "firewall-";

    private const string AffinityPrefix = "affinity-";

    /// <summary>The kernel takes 255 characters, and a prefix comes before.</summary>
    private const int LongestBase = 240;

    private const string Cut = "...";
    private const int HashLength = 8;

    /// <summary>The chain that leads to every endpoint the node may use.</summary>
    public static string ServiceChain(ServiceRule rule) => ServicePrefix + ServiceBase(rule.Name);

    /// <summary>The chain that leads only to endpoints of the node.</summary>
    public static string LocalChain(ServiceRule rule) => LocalPrefix + ServiceBase(rule.Name);

    /// <summary>The chain of node ports, external IPs and load balancers.</summary>
    public static string ExternalChain(ServiceRule rule) => ExternalPrefix + ServiceBase(rule.Name);

    /// <summary>The chain that drops whom loadBalancerSourceRanges leaves out.</summary>
    public static string FirewallChain(ServiceRule rule) => FirewallPrefix + ServiceBase(rule.Name);

    /// <summary>The chain that translates to one endpoint; in the layout of 1.36 only with session affinity.</summary>
    public static string EndpointChain(ServiceRule rule, IpPort endpoint) => "endpoint-" + EndpointBase(rule.Name, endpoint);

    /// <summary>The set of the clients that stay with an endpoint.</summary>
    public static string AffinitySet(ServiceRule rule, IpPort endpoint) => AffinityPrefix + EndpointBase(rule.Name, endpoint);

    /// <summary>A chain of a service port or endpoint, as opposed to one of the fixed chains.</summary>
    public static bool IsServiceChain(string chain) => chain.Contains('/', StringComparison.Ordinal);

    public static bool IsAffinitySet(string set) => set.StartsWith(AffinityPrefix, StringComparison.Ordinal);

    /// <summary>As nft spells it.</summary>
    public static string ProtocolOf(TransportProtocol protocol) => protocol switch
    {
        TransportProtocol.Udp => "udp",
        TransportProtocol.Sctp => "sctp",
        _ => "tcp",
    };

    /// <summary>What follows the prefix in the names of a service port's chains.</summary>
    internal static string ServiceBase(ServicePortName name) => WithHash(PlainName(name));

    /// <summary>What follows the prefix in the names of an endpoint's chain and set.</summary>
    internal static string EndpointBase(ServicePortName name, IpPort endpoint) => EndpointBase(name, endpoint.Address.ToString(), endpoint.Port);

    /// <summary>The same of an address as it is spelled.</summary>
    internal static string EndpointBase(ServicePortName name, string address, int port) =>
        WithHash(string.Create(CultureInfo.InvariantCulture, $"{PlainName(name)}__{address.Replace(':', '.')}/{port}"));

    private static string PlainName(ServicePortName name) => $"{name.Service.Namespace}/{name.Service.Name}/{ProtocolOf(name.Protocol)}/{name.PortName}";

    private static string WithHash(string name)
    {
        string whole = $"{Base32Hash.Of(name, HashLength)}-{name}";
        return whole.Length > LongestBase ? string.Concat(whole.AsSpan(0, LongestBase - Cut.Length), Cut) : whole;
    }
}
