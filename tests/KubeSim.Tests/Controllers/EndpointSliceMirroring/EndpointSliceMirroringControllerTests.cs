using KubeSim.Api;
using KubeSim.Collections;
using KubeSim.Controllers.EndpointSliceMirroring;
using KubeSim.Tests.ApiServer;

namespace KubeSim.Tests.Controllers.EndpointSliceMirroring;

[TestFixture]
public sealed class EndpointSliceMirroringControllerTests
{
    private TestServer _server = null!;
    private EndpointSliceMirroringController _controller = null!;

    [SetUp]
    public void SetUp()
    {
        _server = new TestServer();
        _controller = new EndpointSliceMirroringController(_server.Api, _server.Queue, _server.Log);
    }

    [TearDown]
    public void TearDown() => _controller.Dispose();

    [Test]
    public void Endpoints_made_by_hand_become_a_slice_of_each_family()
    {
        Create("203.0.113.1", "2001:db8::1");

        Slices().Select(slice => $"{slice.AddressType} {slice.Endpoints.Single().Addresses[0]} {slice.Metadata.OwnerReferences.Single().Kind}")
            .Should().BeEquivalentTo("IPv4 203.0.113.1 Endpoints", "IPv6 2001:db8::1 Endpoints");
    }

    [Test]
    public void A_change_is_written_into_the_slice_that_is_there()
    {
        Create("203.0.113.1");
        string name = Slices().Single().Metadata.Name;

        Endpoints endpoints = _server.Api.Get<Endpoints>("default/web");
        _server.Api.Replace(endpoints with { Subsets = [endpoints.Subsets[0] with { Addresses = [new() { IP = "203.0.113.2" }] }] });
        _server.Queue.RunDue();

        Slices().Single().Metadata.Name.Should().Be(name);
        Slices().Single().Endpoints.Single().Addresses.Should().Equal("203.0.113.2");
    }

    [Test]
    public void A_slice_that_somebody_deletes_comes_back()
    {
        Create("203.0.113.1");

        _server.Api.Delete<EndpointSlice>(Slices().Single().Name);
        _server.Queue.RunDue();

        Slices().Should().ContainSingle();
    }

    [Test]
    public void When_the_service_gets_a_selector_the_slices_go()
    {
        Create("203.0.113.1");

        Service service = _server.Api.Get<Service>("default/web");
        _server.Api.Replace(service with { Spec = service.Spec with { Selector = LabelSet.Of("app", "web") } });
        _server.Queue.RunDue();

        Slices().Should().BeEmpty();
    }

    [Test]
    public void When_the_endpoints_go_the_slices_go()
    {
        Create("203.0.113.1");

        _server.Api.Delete<Endpoints>("default/web");
        _server.Queue.RunDue();

        Slices().Should().BeEmpty();
    }

    [Test]
    public void What_is_ready_for_one_port_and_not_for_another_stands_in_two_slices()
    {
        var endpoints = new Endpoints
        {
            Metadata = new() { Name = "web", Namespace = "default" },
            Subsets =
            [
                new() { Addresses = [new() { IP = "203.0.113.1" }, new() { IP = "203.0.113.2" }], Ports = [new() { Name = "http", Port = 80, Protocol = "TCP" }] },
                new() { NotReadyAddresses = [new() { IP = "203.0.113.2" }], Ports = [new() { Name = "admin", Port = 81, Protocol = "TCP" }] },
            ],
        };

        MirroringReconciler.Reconcile(endpoints, []).Creates
            .Select(slice => $"{slice.Ports.Single().Name} {string.Join(' ', slice.Endpoints.Select(endpoint => $"{endpoint.Addresses[0]}={endpoint.Conditions.Ready}"))}")
            .Should().BeEquivalentTo("http 203.0.113.1=True 203.0.113.2=True", "admin 203.0.113.2=False");
    }

    [TestCase("203.0.113.01", "203.0.113.1")]
    [TestCase("::ffff:203.0.113.1", "203.0.113.1")]
    [TestCase("2001:DB8:0::1", "2001:db8::1")]
    public void Addresses_are_written_as_they_usually_are(string text, string address)
    {
        var endpoints = new Endpoints { Metadata = new() { Name = "web" }, Subsets = [new() { Addresses = [new() { IP = text }, new() { IP = "nonsense" }] }] };

        MirroredChanges changes = MirroringReconciler.Reconcile(endpoints, []);

        changes.Creates.Single().Endpoints.Single().Addresses.Should().Equal(address);
        changes.Warnings.Should().ContainSingle().Which.Message.Should().StartWith("Skipped 1 invalid IP addresses");
    }

    private void Create(params string[] addresses)
    {
        _server.Api.Create(new Service { Metadata = new() { Name = "web", Namespace = "default" }, Spec = new() { Ports = [new() { Port = 80 }] } });
        _server.Api.Create(new Endpoints
        {
            Metadata = new() { Name = "web", Namespace = "default" },
            Subsets = [new() { Addresses = addresses.Select(address => new EndpointAddress { IP = address }).ToEquatableArray(), Ports = [new() { Port = 8080, Protocol = "TCP" }] }],
        });
        _server.Queue.RunDue();
    }

    private IReadOnlyList<EndpointSlice> Slices() => _server.Api.List<EndpointSlice>();
}
