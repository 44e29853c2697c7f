using KubeSim.Addressing;
using KubeSim.Api;
using KubeSim.Dataplane;
using KubeSim.Proxy;
using static KubeSim.Tests.Proxy.SliceObjects;

namespace KubeSim.Tests.Proxy;

[TestFixture]
public sealed class EndpointsMapTests
{
    private static readonly ServicePortName Http = new("default/web", "http", TransportProtocol.Tcp);

    [Test]
    public void Endpoints_stand_in_the_order_of_their_addresses_as_texts() =>
        Addresses(Slice("b", Endpoint("10.1.1.1"), Endpoint("10.1.1.2")), Slice("a", Endpoint("10.1.1.11"))).Should().Equal("10.1.1.11:8080", "10.1.1.1:8080", "10.1.1.2:8080");

    [Test]
    public void Of_two_entries_with_one_address_the_live_one_counts()
    {
        SliceEndpoint only = EndpointsMap.Of([Slice("a", Endpoint("10.1.1.1", "ST", "node-1")), Slice("b", Endpoint("10.1.1.1", "RS", "node-2"))], isIPv6: false)[Http].Should().ContainSingle().Subject;
        only.Source.NodeName.Should().Be("node-2");
    }

    [Test]
    public void Slices_of_the_other_family_and_of_no_service_are_not_looked_at() =>
        EndpointsMap.Of([Slice("a", Endpoint("fd00::1")) with { AddressType = "IPv6" }, Slice("b", Endpoint("10.1.1.1")) with { Metadata = new() { Name = "b", Namespace = "default" } }], isIPv6: false)
            .Should().BeEmpty();

    [Test]
    public void Ready_endpoints_of_a_node_are_counted_by_address()
    {
        EndpointSlice twoPorts = Slice("a", Endpoint("10.1.1.1"), Endpoint("10.1.1.2", "ST"), Endpoint("10.1.1.3", "RS", "node-2"))
            with
        { Ports = [new() { Name = "http", Port = 80 }, new() { Name = "admin", Port = 81 }] };

        EndpointsMap.LocalReadyEndpoints(EndpointsMap.Of([twoPorts], isIPv6: false), "node-1").Should().ContainSingle().Which.Should().Be(KeyValuePair.Create(NamespacedName.Parse("default/web"), 1));
    }

    private static string[] Addresses(params EndpointSlice[] slices) => [.. EndpointsMap.Of(slices, isIPv6: false)[Http].Select(endpoint => endpoint.Backend.Address.ToString())];
}
