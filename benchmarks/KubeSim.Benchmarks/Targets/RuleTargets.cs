using System.Globalization;
using KubeSim.Addressing;
using KubeSim.Api;
using KubeSim.Dataplane;
using KubeSim.Proxy;
using KubeSim.Proxy.Rendering.Iptables;
using KubeSim.Proxy.Rendering.Nftables;
using KubeSim.Simulation;

namespace KubeSim.Benchmarks.Targets;

/// <summary>From objects to a node's table, and from the table to the texts of its rules.</summary>
internal static class RuleTargets
{
    private const int Few = 1_000;
    private const int Many = 10_000;
    private const int Endpoints = 10;
    private const double MostMilliseconds = 100;
    private const double MostGrowth = 12;

    public static IEnumerable<TargetLine> Measure()
    {
        (Service Service, EndpointSlice Slice)[] objects = [.. Enumerable.Range(0, Many).Select(Objects)];
        NetworkNode node = Node();
        ServiceTable few = Table(objects.AsSpan(0, Few)), many = Table(objects);

        double[] times = Targets.Measure.Nanoseconds(
            new(() => Table(objects), 1),
            new(() => IptablesRendering.Save(few, node, isIPv6: false), 1),
            new(() => IptablesRendering.Save(many, node, isIPv6: false), 1),
            new(() => NftablesRendering.List(few, node, isIPv6: false), 1),
            new(() => NftablesRendering.List(many, node, isIPv6: false), 1));
        double milliseconds = times[0] / 1e6;
        yield return new(
            "full table build, 10,000 Services x 10 endpoints",
            Text($"{milliseconds:F0} ms"),
            Text($"<= {MostMilliseconds} ms"),
            milliseconds <= MostMilliseconds);
        yield return Growth("iptables", times[1], times[2]);
        yield return Growth("nftables", times[3], times[4]);
    }

    private static TargetLine Growth(string tool, double few, double many) => new(
        $"rendering 10,000 Services against 1,000, {tool}",
        Text($"{many / few:F1}x ({many / 1e6:F0} ms against {few / 1e6:F0} ms)"),
        Text($"<= {MostGrowth}x"),
        many / few <= MostGrowth);

    private static NetworkNode Node()
    {
        var queue = new EventQueue();
        NetworkNode node = new Network(queue, new RunLog(queue), new DeterministicRandom(1)).AddNode("node-1", [IpAddress.Parse("192.168.0.1")], [], null);
        node.ProxySettings = new ProxySettings { ClusterCidrs = [Cidr.Parse("10.0.0.0/8")] };
        return node;
    }

    private static ServiceTable Table(ReadOnlySpan<(Service Service, EndpointSlice Slice)> objects)
    {
        var builder = new ServiceTableBuilder(new KubeProxyOptions());
        foreach ((Service service, EndpointSlice slice) in objects)
        {
            builder.Set(service);
            builder.Set(slice);
        }

        return builder.Table;
    }

    private static (Service Service, EndpointSlice Slice) Objects(int number)
    {
        string name = Text($"svc-{number}"), address = Text($"172.{16 + (number / 65_536)}.{number / 256 % 256}.{number % 256}");
        return (
            new Service
            {
                Metadata = new() { Name = name, Namespace = "default" },
                Spec = new() { Type = ServiceType.ClusterIP, ClusterIP = address, ClusterIPs = [address], IPFamilies = ["IPv4"], Ports = [new() { Name = "http", Protocol = "TCP", Port = 80 }] },
            },
            new EndpointSlice
            {
                Metadata = new() { Name = name + "-abcde", Namespace = "default", Labels = LabelSet.Of(WellKnownLabels.ServiceName, name) },
                AddressType = "IPv4",
                Ports = [new() { Name = "http", Protocol = "TCP", Port = 8080 }],
                Endpoints = [.. Enumerable.Range(0, Endpoints).Select(i => (number * Endpoints) + i).Select(i => new Endpoint
                {
                    Addresses = [Text($"10.{i / 65_536}.{i / 256 % 256}.{i % 256}")],
                    Conditions = new() { Ready = true },
                    NodeName = Text($"node-{i % 100}"),
                })],
            });
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
