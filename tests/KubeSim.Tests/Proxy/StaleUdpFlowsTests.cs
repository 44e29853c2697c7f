using KubeSim.Addressing;
using KubeSim.Api;
using KubeSim.Dataplane;
using KubeSim.Proxy;
using KubeSim.Tracing;
using static KubeSim.Tests.Proxy.SliceObjects;

namespace KubeSim.Tests.Proxy;

/// <summary>UDP clients that go on sending while endpoints come and go.</summary>
[TestFixture]
public sealed class StaleUdpFlowsTests
{
    private static readonly Flow Query = new(IpPort.Parse("10.244.9.1:5000"), IpPort.Parse("10.96.0.53:53"), TransportProtocol.Udp);

    [Test]
    public void A_client_that_keeps_its_port_moves_on_when_its_endpoint_is_gone()
    {
        var world = new ServiceWorld(nodes: 1);
        Sender client = DnsWorld(world, Endpoint("10.244.0.1"));
        world.Network.Connect(client, Query).Endpoint.Should().Be(IpPort.Parse("10.244.0.1:53"));

        Replace(world, Endpoint("10.244.0.2"));

        world.Network.Connect(client, Query).Endpoint.Should().Be(IpPort.Parse("10.244.0.2:53"));
    }

    [Test]
    public void An_endpoint_that_only_stopped_being_ready_keeps_its_clients()
    {
        var world = new ServiceWorld(nodes: 1);
        Sender client = DnsWorld(world, Endpoint("10.244.0.1"));
        world.Network.Connect(client, Query);

        Replace(world, Endpoint("10.244.0.1", "ST"), Endpoint("10.244.0.2"));

        world.Network.Connect(client, Query).Endpoint.Should().Be(IpPort.Parse("10.244.0.1:53"));
    }

    [Test]
    public void Where_nothing_is_left_to_serve_the_flow_stays()
    {
        var world = new ServiceWorld(nodes: 1);
        Sender client = DnsWorld(world, Endpoint("10.244.0.1"));
        world.Network.Connect(client, Query);

        Replace(world, Endpoint("10.244.0.1", ""));

        world.Network.Connect(client, Query).Outcome.Should().Be(ConnectionOutcome.Established, "kube-proxy of 1.36 skips a port without serving endpoints");
    }

    [Test]
    public void An_endpoint_that_stops_serving_counts_though_no_rule_changes()
    {
        var world = new ServiceWorld(nodes: 1);
        Sender client = DnsWorld(world, Endpoint("10.244.0.1"));
        world.Network.Connect(client, Query);
        Replace(world, Endpoint("10.244.0.1", "ST"), Endpoint("10.244.0.2"));
        ServiceTable? before = world.Nodes[0].Table;

        Replace(world, Endpoint("10.244.0.1", "T"), Endpoint("10.244.0.2"));

        world.Nodes[0].Table.Should().BeSameAs(before);
        world.Network.Connect(client, Query).Endpoint.Should().Be(IpPort.Parse("10.244.0.2:53"));
    }

    [Test]
    public void Established_tcp_connections_to_an_endpoint_that_is_gone_are_left_alone()
    {
        Flow tcp = Query with { Protocol = TransportProtocol.Tcp };
        var rule = new ServiceRule { Name = new ServicePortName("default/web", "http", TransportProtocol.Tcp), ClusterIP = IpAddress.Parse("10.96.0.53"), Port = 53 };

        var stale = new StaleUdpFlows([rule], EndpointsMap.Of([Slice("web-1", Endpoint("10.244.0.1"))], isIPv6: false), isIPv6: false);

        stale.IsStale(tcp, new Flow(IpPort.Parse("10.244.0.7:8080"), tcp.Source, TransportProtocol.Tcp)).Should().BeFalse();
    }

    private static Sender DnsWorld(ServiceWorld world, Endpoint endpoint)
    {
        world.CreateService(new Service
        {
            Metadata = new() { Name = "web", Namespace = "default" },
            Spec = new() { ClusterIP = "10.96.0.53", Ports = [new() { Name = "dns", Port = 53, Protocol = "UDP" }] },
        });
        world.Api.Create(Dns(endpoint));
        world.Settle();
        for (int i = 1; i <= 2; i++)
        {
            world.Network.Attach(world.Nodes[0], $"default/dns-{i}", [IpAddress.Parse($"10.244.0.{i}")], false, [], true);
        }

        return world.Network.Attach(world.Nodes[0], "default/client", [IpAddress.Parse("10.244.9.1")], false, [], true).Sender;
    }

    private static EndpointSlice Dns(params Endpoint[] endpoints) => Slice("dns", endpoints) with { Ports = [new() { Name = "dns", Port = 53, Protocol = "UDP" }] };

    private static void Replace(ServiceWorld world, params Endpoint[] endpoints)
    {
        world.Api.Replace(world.Api.Get<EndpointSlice>("default/dns") with { Endpoints = [.. endpoints] });
        world.Settle();
    }
}
