using KubeSim.Addressing;
using KubeSim.Api;
using KubeSim.Dataplane;
using KubeSim.Proxy;
using KubeSim.Tests.Controllers.EndpointSlices;
using static KubeSim.Tests.Proxy.SliceObjects;

namespace KubeSim.Tests.Proxy;

[TestFixture]
public sealed class ServiceTableBuilderTests
{
    private static readonly ServicePortName Http = new(NamespacedName.Parse("default/web"), "http", TransportProtocol.Tcp);

    private ServiceTableBuilder _builder = null!;

    [SetUp]
    public void SetUp() => _builder = new ServiceTableBuilder(new KubeProxyOptions());

    [Test]
    public void Slices_may_come_before_their_service()
    {
        _builder.Set(Slice("a", Endpoint("10.0.0.1")));
        _builder.Table.Count.Should().Be(0);

        _builder.Set(EndpointObjects.Service());

        TestTables.Addresses(Rule().Cluster.Everybody).Should().Equal("10.0.0.1:8080");
    }

    [Test]
    public void A_slice_that_is_given_to_another_service_leaves_the_first()
    {
        _builder.Set(EndpointObjects.Service());
        EndpointSlice slice = Slice("a", Endpoint("10.0.0.1"));
        _builder.Set(slice);

        _builder.Set(slice with { Metadata = slice.Metadata with { Labels = LabelSet.Of("kubernetes.io/service-name", "other") } });

        Rule().HasAny.Should().BeFalse();
    }

    [Test]
    public void A_port_that_a_service_no_longer_has_leaves_the_table()
    {
        Service service = EndpointObjects.Service();
        _builder.Set(service);

        _builder.Set(service with { Spec = service.Spec with { Ports = [service.Spec.Ports[0] with { Name = "https" }] } });

        _builder.Table.Find(Http).Should().BeNull();
        _builder.Table.Count.Should().Be(1);
    }

    [Test]
    public void A_change_that_no_rule_shows_keeps_the_table()
    {
        Service service = EndpointObjects.Service();
        _builder.Set(service);
        _builder.Set(Slice("a", Endpoint("10.0.0.1"), Endpoint("10.0.0.2", "")));
        ServiceTable before = _builder.Table;

        _builder.Set(service with { Metadata = service.Metadata with { Annotations = LabelSet.Of("a", "b") } });
        _builder.Set(Slice("a", Endpoint("10.0.0.1"), Endpoint("10.0.0.2", "") with { Hostname = "other" }));

        _builder.Table.Find(Http).Should().Be(before.Find(Http));
    }

    [Test]
    public void A_policy_that_becomes_local_sorts_the_known_endpoints_anew()
    {
        Service service = EndpointObjects.Service();
        _builder.Set(service);
        _builder.Set(Slice("a", Endpoint("10.0.0.1")));
        Rule().Local.ForNode("node-1").Should().BeNull();

        _builder.Set(service with { Spec = service.Spec with { InternalTrafficPolicy = "Local" } });

        TestTables.Addresses(Rule().Local.ForNode("node-1")!).Should().Equal("10.0.0.1:8080");
        Rule().Cluster.Everybody.IsEmpty.Should().BeTrue("nothing leads to all endpoints any more");
    }

    [Test]
    public void An_empty_rule_says_why()
    {
        Service service = EndpointObjects.Service();
        _builder.Set(service);
        Rule().WhyEmpty.Should().Be("its selector app=web matches no Pod with an IPv4 address (spec.selector)");

        _builder.Set(Slice("a", Endpoint("10.0.0.1", ""), Endpoint("10.0.0.2", "")));
        Rule().WhyEmpty.Should().Be("its selector app=web matches 2 Pods, none of them ready (spec.selector)");

        _builder.Set(Slice("a", Endpoint("10.0.0.1")) with { Ports = [] });
        _builder.Set(service with { Spec = service.Spec with { Ports = [service.Spec.Ports[0] with { TargetPort = "main" }] } });
        Rule().WhyEmpty.Should().Be("its 1 endpoint has no port named main (spec.ports[*].targetPort)");

        _builder.Set(Slice("a"));
        _builder.Set(service with { Spec = service.Spec with { Selector = default } });
        Rule().WhyEmpty.Should().Be("it has no selector, and no EndpointSlice lists an endpoint for it (spec.selector)");
    }

    private ServiceRule Rule() => _builder.Table.Find(Http)!;
}
