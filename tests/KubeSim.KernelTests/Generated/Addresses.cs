using System.Globalization;
using KubeSim.Addressing;
using KubeSim.KernelTests.Lab;

namespace KubeSim.KernelTests.Generated;

/// <summary>Who has which address in generated clusters, for one family.</summary>
internal sealed class Addresses(bool isIPv6)
{
    public const int ClientCount = 16;
    public const int TargetCount = 13;
    public const ushort ServicePort = 80;
    public const ushort WrongPort = 81;

    private const int LocalPods = 4;
    private const int RemotePods = 7;
    private const int ThisNode = 7;

    /// <summary>The node's addresses of the family, the primary one first.</summary>
    public IpAddress[] Node { get; } = [.. NodeLab.NodeAddresses.Where(address => address.IsIPv6 == isIPv6)];

    public IpAddress OtherNode { get; } = IpAddress.Parse(isIPv6 ? "2001:db8::3" : "192.168.0.3");

    public IpAddress Loopback { get; } = IpAddress.Parse(isIPv6 ? "::1" : "127.0.0.1");

    public Cidr ClusterCidr { get; } = Cidr.Parse(isIPv6 ? "fd00:244::/32" : "10.244.0.0/16");

    public Cidr PodCidr { get; } = Cidr.Parse(isIPv6 ? "fd00:244:1::/64" : "10.244.1.0/24");

    public Cidr ServiceCidr { get; } = Cidr.Parse(isIPv6 ? "fd00:96::/108" : "10.96.0.0/16");

    /// <summary>The block of the node's second address.</summary>
    public Cidr SecondCidr { get; } = Cidr.Parse(isIPv6 ? "2001:db8:1::/64" : "192.168.1.0/24");

    public Cidr LoopbackCidr { get; } = Cidr.Parse(isIPv6 ? "::1/128" : "127.0.0.0/8");

    /// <summary>A client outside, the nodes, the Pods, everybody.</summary>
    public Cidr[] SourceRanges { get; } = [.. (isIPv6 ? new[] { "2001:db8:113::/96", "2001:db8::/64", "fd00:244::/32", "::/0" } : ["203.0.113.0/25", "192.168.0.0/24", "10.244.0.0/16", "0.0.0.0/0"]).Select(Cidr.Parse)];

    public IpAddress Pod(int number) => At(isIPv6 ? "fd00:244:1::" : "10.244.1.", number);

    public IpAddress RemotePod(int number) => At(isIPv6 ? "fd00:244:2::" : "10.244.2.", number);

    public IpAddress ClusterIP(int service) => At(isIPv6 ? "fd00:96::" : "10.96.0.", 10 + service);

    public IpAddress ExternalIP(int service, int number) => At(isIPv6 ? "2001:db8:51::" : "198.51.100.", 10 + (2 * service) + number);

    public IpAddress Ingress(int service, int number) => At(isIPv6 ? "2001:db8:200::" : "203.0.113.", 200 + (2 * service) + number);

    /// <summary>Hosts outside: the first is allowed where source ranges are given.</summary>
    public IpAddress Outside(int number) => number == 0 ? At(isIPv6 ? "2001:db8:113::" : "203.0.113.", 2) : At(isIPv6 ? "2001:db8:114::" : "203.0.113.", 130);

    public static ushort NodePort(int service, bool isUdp) => (ushort)(30_000 + (2 * service) + (isUdp ? 1 : 0));

    public IpAddress Endpoint(int host) => host < LocalPods ? Pod(host + 1) : host < RemotePods ? RemotePod(host - LocalPods + 1) : host == ThisNode ? Node[0] : OtherNode;

    public static string NodeNameOf(int host) => host is < LocalPods or ThisNode ? "node-1" : "node-2";

    /// <summary>Who dials.</summary>
    public IpAddress Client(int number, int service) => number switch
    {
        < 4 => Pod(number + 1),
        4 => Pod(9),
        < 8 => RemotePod(number - 4),
        8 => RemotePod(9),
        9 or 10 => Node[0],
        11 => Node[1],
        12 => OtherNode,
        13 => Outside(0),
        14 => Outside(1),
        _ => Ingress(service, 0),
    };

    /// <summary>What is dialled; null where the Service has no such thing.</summary>
    public IpPort Target(int number, int service, bool isUdp) => number switch
    {
        0 or 1 => new(ClusterIP(service), ServicePort),
        2 => new(ClusterIP(service), WrongPort),
        3 => new(ClusterIP(50), ServicePort),
        4 or 5 => new(Node[0], NodePort(service, isUdp)),
        6 => new(Node[1], NodePort(service, isUdp)),
        7 => new(Loopback, NodePort(service, isUdp)),
        8 => new(ExternalIP(service, 0), ServicePort),
        9 => new(ExternalIP(service, 1), ServicePort),
        10 => new(Ingress(service, 0), ServicePort),
        11 => new(Ingress(service, 1), ServicePort),
        _ => new(Ingress(service, 0), WrongPort),
    };

    private static IpAddress At(string start, int number) =>
        IpAddress.Parse(start + number.ToString(start.Contains(':', StringComparison.Ordinal) ? "x" : "d", CultureInfo.InvariantCulture));
}
