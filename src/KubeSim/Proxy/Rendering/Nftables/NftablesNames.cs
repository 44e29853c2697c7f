using System.Globalization;
using System.Security.Cryptography;
using System.Text;
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
    /// <summary>The kernel takes 255 characters, and a prefix comes before.</summary>
    private const int LongestBase = 240;

    private const string Cut = "...";
    private const int HashLength = 8;
    private const string Base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    /// <summary>The chain that leads to every endpoint the node may use.</summary>
    public static string ServiceChain(ServiceRule rule) => "service-" + ServiceBase(rule.Name);

    /// <summary>The chain that leads only to endpoints of the node.</summary>
    public static string LocalChain(ServiceRule rule) => "local-" + ServiceBase(rule.Name);

    /// <summary>The chain of node ports, external IPs and load balancers.</summary>
    public static string ExternalChain(ServiceRule rule) => "external-" + ServiceBase(rule.Name);

    /// <summary>The chain that drops whom loadBalancerSourceRanges leaves out.</summary>
    public static string FirewallChain(ServiceRule rule) => "firewall-" + ServiceBase(rule.Name);

    /// <summary>The chain that translates to one endpoint; in the layout of 1.36 only with session affinity.</summary>
    public static string EndpointChain(ServiceRule rule, IpPort endpoint) => "endpoint-" + EndpointBase(rule.Name, endpoint);

    /// <summary>The set of the clients that stay with an endpoint.</summary>
    public static string AffinitySet(ServiceRule rule, IpPort endpoint) => "affinity-" + EndpointBase(rule.Name, endpoint);

    /// <summary>A chain of a service port or endpoint, as opposed to one of the fixed chains.</summary>
    public static bool IsServiceChain(string chain) => chain.Contains('/', StringComparison.Ordinal);

    public static bool IsAffinitySet(string set) => set.StartsWith("affinity-", StringComparison.Ordinal);

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
    internal static string EndpointBase(ServicePortName name, IpPort endpoint)
    {
        string address = endpoint.Address.ToString().Replace(':', '.');
        return WithHash(string.Create(CultureInfo.InvariantCulture, $"{PlainName(name)}__{address}/{endpoint.Port}"));
    }

    private static string PlainName(ServicePortName name) => $"{name.Service.Namespace}/{name.Service.Name}/{ProtocolOf(name.Protocol)}/{name.PortName}";

    private static string WithHash(string name)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(name), digest);
        Span<char> hash = stackalloc char[HashLength];
        for (int i = 0; i < HashLength; i++)
        {
            // Five bits at a time, from the first byte's highest on.
            int bit = i * 5;
            int pair = (digest[bit / 8] << 8) | digest[(bit / 8) + 1];
            hash[i] = Base32[(pair >> (11 - (bit % 8))) & 31];
        }

        string whole = $"{hash}-{name}";
        return whole.Length > LongestBase ? string.Concat(whole.AsSpan(0, LongestBase - Cut.Length), Cut) : whole;
    }
}
