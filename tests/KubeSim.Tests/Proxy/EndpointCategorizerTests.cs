using KubeSim.Addressing;
using KubeSim.Api;
using KubeSim.Dataplane;
using KubeSim.Proxy;
using static KubeSim.Tests.Proxy.SliceObjects;

namespace KubeSim.Tests.Proxy;

[TestFixture]
public sealed class EndpointCategorizerTests
{
    private static readonly ServicePortName Http = new(NamespacedName.Parse("default/web"), "http", TransportProtocol.Tcp);

    [Test]
    public void Unsaid_conditions_mean_ready_and_serving() =>
        Everybody(Slice("a", Endpoint("10.0.0.1", null), Endpoint("10.0.0.2", ""))).Should().Equal("10.0.0.1:8080");

    [Test]
    public void Slices_of_a_service_are_merged() =>
        Everybody(Slice("b", Endpoint("10.0.0.2")), Slice("a", Endpoint("10.0.0.1"))).Should().Equal("10.0.0.1:8080", "10.0.0.2:8080");

    [Test]
    public void Only_the_first_address_counts() =>
        Everybody(Slice("a", Endpoint("10.0.0.1") with { Addresses = ["10.0.0.1", "10.0.0.2"] })).Should().Equal("10.0.0.1:8080");

    [Test]
    public void Endpoints_are_sorted_by_their_text() =>
        Everybody(Slice("a", Endpoint("10.1.1.1"), Endpoint("10.1.1.11"), Endpoint("10.1.1.2"))).Should().Equal("10.1.1.11:8080", "10.1.1.1:8080", "10.1.1.2:8080");

    [Test]
    public void A_port_is_found_by_name_and_protocol_and_its_number_comes_from_the_slice()
    {
        EndpointSlice slice = Slice("a", Endpoint("10.0.0.1"));

        Everybody(slice with { Ports = [new() { Name = "other", Port = 1 }, new() { Name = "http", Port = 9, Protocol = "UDP" }, new() { Name = "http", Port = 2, Protocol = "TCP" }] })
            .Should().Equal("10.0.0.1:2");
        Everybody(slice with { Ports = [new() { Name = null, Port = 1 }, new() { Name = "http", Port = null }, new() { Name = "http", Port = 0 }] }).Should().BeEmpty();
    }

    [Test]
    public void Slices_of_another_family_are_ignored()
    {
        Everybody(Slice("a", Endpoint("fd00::1")) with { AddressType = "IPv6" }).Should().BeEmpty();
        Everybody(Slice("a", Endpoint("web.example")) with { AddressType = "FQDN" }).Should().BeEmpty();
    }

    [Test]
    public void Terminating_endpoints_serve_where_nobody_is_ready()
    {
        Everybody(Slice("a", Endpoint("10.0.0.1", "ST"), Endpoint("10.0.0.2", "T"), Endpoint("10.0.0.3", ""))).Should().Equal("10.0.0.1:8080");
        Everybody(Slice("a", Endpoint("10.0.0.1", "ST"), Endpoint("10.0.0.2"))).Should().Equal("10.0.0.2:8080");
    }

    [Test]
    public void A_live_endpoint_beats_a_terminating_one_at_the_same_address_in_any_order()
    {
        Endpoint live = Endpoint("10.0.0.1", "RS", "node-1");
        Endpoint going = Endpoint("10.0.0.1", "ST", "node-2");

        Set(Slice("a", live), Slice("b", going)).Cluster.Everybody[0].NodeName.Should().Be("node-1");
        Set(Slice("a", going), Slice("b", live)).Cluster.Everybody[0].NodeName.Should().Be("node-1");
        Set(Slice("a", going, live)).Cluster.Everybody.Count.Should().Be(1);
    }

    [Test]
    public void Each_node_falls_back_to_its_own_terminating_endpoints()
    {
        EndpointSets sets = Set(Slice("a", Endpoint("10.0.0.1", "ST", "node-1"), Endpoint("10.0.0.2", "RS", "node-2"), Endpoint("10.0.0.3", "ST", "node-2")));

        TestTables.Addresses(sets.Local.ForNode("node-1")!).Should().Equal("10.0.0.1:8080");
        TestTables.Addresses(sets.Local.ForNode("node-2")!).Should().Equal("10.0.0.2:8080");
        sets.Local.ForNode("node-3").Should().BeNull();
        sets.Local.Everybody.IsEmpty.Should().BeTrue();
    }

    [Test]
    public void Hints_for_nodes_count_only_when_every_ready_endpoint_has_one()
    {
        Endpoint one = Endpoint("10.0.0.1", forNode: "node-1");

        Set(Slice("a", one, Endpoint("10.0.0.2", forNode: "node-2"))).Cluster.ForNode("node-1")!.Count.Should().Be(1);
        Set(Slice("a", one, Endpoint("10.0.0.2"))).Cluster.ForNode("node-1").Should().BeNull();
        Set(Slice("a", one, Endpoint("10.0.0.2", "S"))).Cluster.ForNode("node-1")!.Count.Should().Be(1, "who is not ready is not asked");
    }

    [Test]
    public void Hints_for_nodes_are_not_read_when_the_gate_is_off() =>
        Set(new EndpointUse(true, true, NodeHints: false), Slice("a", Endpoint("10.0.0.1", forNode: "node-1"))).Cluster.ForNode("node-1").Should().BeNull();

    [Test]
    public void A_list_that_no_way_leads_to_is_not_made()
    {
        EndpointSlice slice = Slice("a", Endpoint("10.0.0.1"));

        Set(new EndpointUse(true, false), slice).Local.ForNode("node-1").Should().BeNull();
        Set(new EndpointUse(false, true), slice).Cluster.Everybody.IsEmpty.Should().BeTrue();
    }

    private static string[] Everybody(params EndpointSlice[] slices) => TestTables.Addresses(Set(slices).Cluster.Everybody);

    private static EndpointSets Set(params EndpointSlice[] slices) => Set(new EndpointUse(true, true), slices);

    private static EndpointSets Set(EndpointUse use, params EndpointSlice[] slices)
    {
        var endpoints = new ServicePortEndpoints(Http, use);
        Array.ForEach(slices, endpoints.Set);
        return endpoints.Sets;
    }
}
