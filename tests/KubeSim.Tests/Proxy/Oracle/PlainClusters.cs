using CsCheck;
using KubeSim.Addressing;
using KubeSim.Dataplane;

namespace KubeSim.Tests.Proxy.Oracle;

/// <summary>Generators of clusters and packets, from so few names and addresses that everything meets everything.</summary>
internal static class PlainClusters
{
    private static readonly string[] PodAddresses = ["10.244.1.5", "10.244.1.6", "10.244.2.5", "10.244.3.5", "192.168.0.1", "192.168.0.2"];
    private static readonly string[] PodAddressesV6 = ["fd00:244:1::5", "fd00:244:1::6", "fd00:244:2::5", "fd00::1"];
    private static readonly string[] Outside = ["203.0.113.7", "198.51.100.1", "2001:db8::7", "127.0.0.1", "::1"];
    private static readonly string[] PortNames = ["http", "dns"];
    private static readonly TransportProtocol[] Protocols = [TransportProtocol.Tcp, TransportProtocol.Tcp, TransportProtocol.Tcp, TransportProtocol.Tcp, TransportProtocol.Udp, TransportProtocol.Sctp];

    public static Gen<PlainCluster> Cluster { get; } = Gen.Select(Services(), Nodes(), Settings(), (services, nodes, settings) => new PlainCluster(services, nodes, settings));

    /// <summary>Packets to what the cluster answers on, to what it nearly does, and to anything.</summary>
    public static Gen<PlainPacket[]> PacketsFor(PlainCluster cluster, int count)
    {
        string[] nodes = [.. cluster.Nodes.SelectMany(node => node.Addresses), "127.0.0.1", "::1"];
        string[] first = [.. cluster.Nodes[0].Addresses, "127.0.0.1"];
        string[] services = [.. cluster.Services.SelectMany(AddressesOf), "10.96.0.99", "fd00:96::99"];
        string[] sources = [.. PodAddresses, .. PodAddressesV6, .. Outside, .. nodes];
        (string Address, int Port, TransportProtocol Protocol)[] known = [.. cluster.Services.SelectMany(service => service.Ports.SelectMany(port =>
            AddressesOf(service).Select(address => (address, port.Port, port.Protocol)).Concat(first.Where(_ => port.NodePort != 0).Select(address => (address, port.NodePort, port.Protocol))))),
            ("10.96.0.1", 80, TransportProtocol.Tcp)];
        var anything = Gen.Select(OneOf([.. services, .. nodes]), OneOf(80, 53, 30080, 30053, 8080), OneOf(Protocols), (address, port, protocol) => (address, port, protocol));
        var destination = Gen.Select(OneOf(known), anything, Gen.Int[0, 4], (one, other, luck) => luck == 0 ? other : one);
        return Gen.Select(OneOf([.. cluster.Nodes, cluster.Nodes[0], cluster.Nodes[0]]), destination, Gen.Int[0, 999], (node, to, source) =>
        {
            string[] family = [.. sources.Where(address => address.Contains(':', StringComparison.Ordinal) == to.Item1.Contains(':', StringComparison.Ordinal))];
            return new PlainPacket(node, family[source % family.Length], to.Item1, to.Item2, to.Item3);
        }).Array[count];
    }

    private static IEnumerable<string> AddressesOf(PlainService service) =>
        service.ClusterIPs.Concat(service.ExternalIPs).Concat(service.Ingress.Select(ingress => ingress.IP)).Where(address => address != "None");

    private static Gen<PlainNode[]> Nodes() => OneOf<string?[]>([null, "a", "b"], [null, "a"], ["b"]).SelectMany(zones =>
        OneOf(zones).Array[3].Select(chosen => (PlainNode[])
        [
            new("node-1", chosen[0], ["192.168.0.1", "192.168.7.1", "fd00::1"], ["10.244.1.0/24", "fd00:244:1::/64"]),
            new("node-2", chosen[1], ["192.168.0.2", "fd00::2"], ["10.244.2.0/24", "fd00:244:2::/64"]),
            new("node-3", chosen[2], ["192.168.0.3"], ["10.244.3.0/24"]),
        ]));

    private static Gen<ProxySettings> Settings() => Gen.Select(
        Gen.Enum<ProxyMode>(), Gen.Enum<LocalPodDetector>(), Gen.Int[0, 15], OneOf("", "", "192.168.0.0/24", "fd00::/64", "10.0.0.0/8", "0.0.0.0/0", "127.0.0.0/8 192.168.7.0/24"), OneOf("10.244.0.0/16", "10.244.0.0/16 fd00:244::/32", ""),
        (mode, detector, bits, nodePortAddresses, clusterCidrs) => new ProxySettings
        {
            Mode = mode,
            Detector = detector,
            MasqueradeAll = (bits & 3) == 3,
            Release = new(bits < 8 ? 36 : 31 + (bits & 7)),
            LocalhostNodePorts = (bits & 4) == 0,
            OnlyPrimaryNodePortAddress = nodePortAddresses.Length == 0 && mode == ProxyMode.Nftables,
            NodePortAddresses = [.. Blocks(nodePortAddresses)],
            ClusterCidrs = [.. Blocks(clusterCidrs)],
            ServiceCidrs = [.. Blocks("10.96.0.0/16 fd00:96::/112")],
        });

    private static IEnumerable<Cidr> Blocks(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Cidr.Parse);

    private static Gen<PlainService[]> Services() => Gen.Int[1, 3].SelectMany(count => Each(Enumerable.Range(0, count).Select(Service)));

    private static Gen<PlainService> Service(int number) => Gen.Select(
        OneOf("ClusterIP", "NodePort", "LoadBalancer", "LoadBalancer", "LoadBalancer", number == 0 ? "LoadBalancer" : "ExternalName"),
        Gen.Int[number == 0 ? 1 : 0, 19],
        Ports(),
        Some("203.0.113.80", "2001:db8::80"),
        Some("198.51.100.1", "198.51.100.2", "2001:db8:1::1").SelectMany(addresses => OneOf(null, "VIP", "Proxy").Select(mode => addresses.Select(ip => new PlainIngress(ip, mode)).ToArray())),
        Gen.Int[0, 31],
        Some("203.0.113.0/24", "192.168.0.1/32", " 10.244.1.0/24 ", "2001:db8::/32", "0.0.0.0/0", "::/0"),
        Slices(number),
        (type, kind, ports, externalIPs, ingress, bits, ranges, slices) => new PlainService(
            $"svc-{number}",
            type,
            kind == 0 ? ["None"] : kind < 8 ? [$"10.96.0.{number + 1}"] : kind < 17 ? [$"10.96.0.{number + 1}", $"fd00:96::{number + 1}"] : kind < 19 ? [$"fd00:96::{number + 1}"] : ["10.96.0.1"],
            type is "NodePort" or "LoadBalancer" ? ports : [.. ports.Select(port => port with { NodePort = 0 })],
            (bits & 8) == 0 ? externalIPs : [],
            type == "LoadBalancer" ? ingress : [],
            (bits & 1) != 0,
            (bits & 2) != 0,
            (bits & 4) != 0 ? ranges : [],
            bits == 31,
            slices));

    private static Gen<PlainPort[]> Ports() => Gen.Select(OneOf(Protocols), OneOf(80, 80, 53), OneOf(0, 30080, 30080, 30053)).Array[1, 2]
        .Select(ports => ports.Select((port, i) => new PlainPort(PortNames[i], port.Item1, port.Item2, port.Item3)).DistinctBy(port => (port.Protocol, port.Port)).ToArray());

    private static Gen<PlainSlice[]> Slices(int service) => Gen.Select(OneOf("IPv4", "IPv4", "IPv4", "IPv4", "IPv6", "IPv6", "FQDN"), SlicePorts(), Gen.Int[0, 2], Gen.Int[0, 9]).Array[0, 4].SelectMany(slices =>
        Each(slices.Select((slice, i) => Endpoints(slice.Item1, slice.Item3, slice.Item4 > 2).Select(endpoints => new PlainSlice($"svc-{service}-{i}", slice.Item1, slice.Item2, endpoints)))));

    /// <summary>Mostly what a Service's ports look for.</summary>
    private static Gen<PlainSlicePort[]> SlicePorts() => Gen.Select(
        Gen.Select(OneOf("http", "http", "dns", null), OneOf(Protocols), OneOf<int?>(8080, 8080, 8080, 9090, 0, null)).Array[0, 2], OneOf(Protocols), Gen.Int[0, 7], (ports, protocol, luck) =>
            ports.Select(port => new PlainSlicePort(port.Item1, port.Item2, port.Item3))
                .Concat(luck == 0 ? [] : [new("http", TransportProtocol.Tcp, 8080), new("http", protocol, 8080), new("dns", protocol, 5353), new("dns", TransportProtocol.Tcp, 5353)])
                .DistinctBy(port => (port.Name, port.Protocol)).ToArray());

    /// <summary>Endpoints with hints for all, as controllers write them, or here and there.</summary>
    private static Gen<PlainEndpoint[]> Endpoints(string addressType, int hints, bool areMostlyReady) => Gen.Select(
        OneOf(addressType == "IPv6" ? PodAddressesV6 : PodAddresses),
        OneOf<bool?>(true, true, areMostlyReady, false, null),
        OneOf<bool?>(true, true, false, null),
        OneOf<bool?>(true, false, false, null),
        OneOf("node-1", "node-1", "node-2", "node-3", null),
        OneOf("node-1", "node-2"),
        OneOf("a", "b"),
        Gen.Int[0, 5],
        (address, ready, serving, terminating, node, forNode, forZone, luck) => new PlainEndpoint(
            address, ready, serving, terminating, node,
            (hints == 2 && luck < 5) || luck == 0 ? [forNode] : [],
            (hints >= 1 && luck < 5) || luck == 1 ? [forZone] : [])).Array[0, 5].Select(endpoints => endpoints.DistinctBy(endpoint => (endpoint.Address, endpoint.Ready)).ToArray());

    private static Gen<string[]> Some(params string[] all) => Gen.Int[0, (1 << all.Length) - 1].Select(bits => all.Where((_, i) => (bits & (1 << i)) != 0).ToArray());

    private static Gen<T> OneOf<T>(params T[] all) => Gen.Int[0, all.Length - 1].Select(place => all[place]);

    /// <summary>One of each generator, in order.</summary>
    private static Gen<T[]> Each<T>(IEnumerable<Gen<T>> all) =>
        all.Aggregate(Gen.Const(Array.Empty<T>()), (before, next) => Gen.Select(before, next, (list, item) => (T[])[.. list, item]));
}
