using KubeSim.Addressing;
using KubeSim.KernelTests.Kernel;

namespace KubeSim.KernelTests.Lab;

/// <summary>
/// A node between its Pods and the rest of the world: three network namespaces and two links. Pods and far machines need no
/// namespace each: in theirs every address is local, whatever it is, but what they send leaves over the link all the same, also to
/// one of their own. So each packet between two of them crosses the node.
/// </summary>
internal sealed class NodeLab : IDisposable
{
    /// <summary>The node's own addresses of both families; the first of each is the primary one.</summary>
    public static readonly IpAddress[] NodeAddresses =
        [.. new[] { "192.168.0.2", "192.168.1.2", "192.168.99.11", "2001:db8::1", "2001:db8:1::2" }.Select(IpAddress.Parse)];

    /// <summary>Who lives where; the smallest block that holds an address decides.</summary>
    private static readonly (Cidr Block, Place Place)[] Blocks =
    [
        (Cidr.Parse("10.0.0.0/8"), Place.Pods), (Cidr.Parse("10.244.0.0/16"), Place.Far), (Cidr.Parse("10.244.1.0/24"), Place.Pods), (Cidr.Parse("10.96.0.0/16"), Place.Far),
        (Cidr.Parse("fd00:10::/32"), Place.Pods), (Cidr.Parse("fd00:244:1::/64"), Place.Pods),
    ];

    private readonly NetworkNamespace[] _places;

    public NodeLab()
    {
        _places = [new("node"), new("pods"), new("far")];
        foreach (NetworkNamespace place in _places)
        {
            Prepare(place);
        }

        NetworkNamespace node = this[Place.Node];
        node.Set("net/ipv4/ip_forward", "1");
        node.Set("net/ipv6/conf/all/forwarding", "1");
        // kube-proxy sets it in the iptables mode, for node ports on localhost.
        node.Set("net/ipv4/conf/all/route_localnet", "1");
        node.Tool("ip", $"""
            link set lo up
            link add eth0 address 02:00:00:00:00:01 type veth peer name eth0 address 02:00:00:00:00:02 netns {this[Place.Far].Path}
            link add cni0 address 02:00:00:00:00:01 type veth peer name eth0 address 02:00:00:00:00:02 netns {this[Place.Pods].Path}
            link add eth1 type veth peer name eth1 netns {this[Place.Far].Path}
            link set eth0 up
            link set eth1 up
            link set cni0 up
            addr add 192.168.0.2/32 dev eth0
            addr add 192.168.0.2/32 dev cni0
            addr add 192.168.1.2/32 dev eth1
            addr add 192.168.99.11/32 dev eth1
            addr add 2001:db8::1/128 dev eth0 nodad
            addr add 2001:db8::1/128 dev cni0 nodad
            addr add 2001:db8:1::2/128 dev eth1 nodad
            {Neighbor("eth0", "02:00:00:00:00:02")}
            {Neighbor("cni0", "02:00:00:00:00:02")}
            route add default via 169.254.0.1 dev eth0 onlink
            route add default via fe80::1 dev eth0
            {string.Join('\n', Blocks.Select(static block => Route(block.Block, block.Place)))}

            """, "-batch", "-");
        Open(this[Place.Pods]);
        Open(this[Place.Far]);
    }

    public NetworkNamespace this[Place place] => _places[(int)place];

    /// <summary>Where an address is.</summary>
    public static Place PlaceOf(IpAddress address)
    {
        if (address.IsLoopback || NodeAddresses.Contains(address))
        {
            return Place.Node;
        }

        Place place = Place.Far;
        int longest = -1;
        foreach ((Cidr block, Place where) in Blocks)
        {
            if (block.Contains(address) && block.PrefixLength > longest)
            {
                (place, longest) = (where, block.PrefixLength);
            }
        }

        return place;
    }

    public void Dispose()
    {
        foreach (NetworkNamespace place in _places)
        {
            place.Dispose();
        }
    }

    private static void Prepare(NetworkNamespace place)
    {
        foreach (string scope in new[] { "all", "default" })
        {
            place.Set($"net/ipv4/conf/{scope}/rp_filter", "0");
            place.Set($"net/ipv4/conf/{scope}/send_redirects", "0");
            place.Set($"net/ipv6/conf/{scope}/accept_ra", "0");
            place.Set($"net/ipv6/conf/{scope}/accept_dad", "0");
            place.Set($"net/ipv6/conf/{scope}/addr_gen_mode", "1");
        }

        // Refusals are ICMP messages, and every one is wanted.
        place.Set("net/ipv4/icmp_ratelimit", "0");
        place.Set("net/ipv4/icmp_ratemask", "0");
        place.Set("net/ipv6/icmp/ratelimit", "0");
    }

    /// <summary>Makes every address one of this namespace, and lets what it sends leave nevertheless.</summary>
    private static void Open(NetworkNamespace place)
    {
        place.Set("net/ipv4/conf/all/accept_local", "1");
        place.Set("net/ipv6/ip_nonlocal_bind", "1");
        place.Tool("ip", $"""
            link set lo up
            link set eth0 up
            {Neighbor("eth0", "02:00:00:00:00:01")}
            route add default via 169.254.0.1 dev eth0 onlink table 101
            route add default via fe80::1 dev eth0 table 101
            rule add pref 10 iif lo lookup 101
            rule add pref 20 lookup local
            rule del pref 0
            route add local 0.0.0.0/0 dev lo table local

            """, "-batch", "-");
        place.Tool("ip", """
            rule add pref 10 iif lo lookup 101
            rule add pref 20 lookup local
            rule del pref 0
            route add local ::/0 dev lo table local

            """, "-6", "-batch", "-");
    }

    /// <summary>The other end of a link is known beforehand: no packet waits for, or is lost to, address resolution.</summary>
    private static string Neighbor(string device, string address) =>
        $"neigh add 169.254.0.1 lladdr {address} dev {device} nud permanent\nneigh add fe80::1 lladdr {address} dev {device} nud permanent";

    private static string Route(Cidr block, Place place) =>
        $"route add {block} via {(block.First.IsIPv4 ? "169.254.0.1" : "fe80::1")} dev {(place == Place.Pods ? "cni0" : "eth0")}{(block.First.IsIPv4 ? " onlink" : "")}";
}
