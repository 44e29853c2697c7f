using KubeSim.Addressing;
using KubeSim.Api;
using KubeSim.Dataplane;
using KubeSim.Proxy;
using KubeSim.Tests.Controllers.EndpointSlices;

namespace KubeSim.Tests.Proxy;

[TestFixture]
public sealed class FrontendRulesTests
{
    [Test]
    public void Headless_and_external_name_services_and_those_of_another_proxy_are_skipped()
    {
        Service service = EndpointObjects.Service();

        Rules(service).Should().ContainSingle();
        Rules(Change(spec => spec with { ClusterIP = "None" })).Should().BeEmpty();
        Rules(Change(spec => spec with { ClusterIP = null })).Should().BeEmpty();
        Rules(Change(spec => spec with { Type = ServiceType.ExternalName })).Should().BeEmpty();
        Rules(service with { Metadata = service.Metadata with { Labels = LabelSet.Of("service.kubernetes.io/service-proxy-name", "x") } }).Should().BeEmpty();
    }

    [Test]
    public void Each_port_has_a_rule_in_each_family()
    {
        Service service = Change(spec => spec with
        {
            ClusterIPs = ["10.96.0.10", "fd00::10"],
            Ports = [.. spec.Ports, new() { Name = "dns", Port = 53, Protocol = "UDP", NodePort = 30053 }],
            ExternalIPs = ["192.0.2.1", "2001:db8::1"],
        });

        Rules(service).Select(rule => $"{rule.Name} {rule.Name.Protocol} {rule.ClusterIP} {rule.Port} {rule.NodePort} {string.Join(' ', rule.ExternalIPs)}").Should().Equal(
            "default/web:http Tcp 10.96.0.10 80 0 192.0.2.1",
            "default/web:dns Udp 10.96.0.10 53 30053 192.0.2.1",
            "default/web:http Tcp fd00::10 80 0 2001:db8::1",
            "default/web:dns Udp fd00::10 53 30053 2001:db8::1");
    }

    [Test]
    public void Addresses_of_load_balancers_count_unless_their_packets_come_through_a_proxy()
    {
        Service service = EndpointObjects.Service() with
        {
            Status = new()
            {
                LoadBalancer = new()
                {
                    Ingress = [new() { IP = "203.0.113.1" }, new() { IP = "203.0.113.2", IPMode = "VIP" }, new() { IP = "203.0.113.3", IPMode = "Proxy" }, new() { Hostname = "lb.example" }],
                },
            },
        };

        Rules(service).Single().LoadBalancerIPs.Select(address => $"{address}").Should().Equal("203.0.113.1", "203.0.113.2");
    }

    [Test]
    public void Source_ranges_are_of_the_family_and_a_block_of_everything_empties_them()
    {
        Ranges(" 10.0.0.0/8 ", "2001:db8::/32", "192.168.1.7/24").Should().Be("10.0.0.0/8 192.168.1.0/24");
        Ranges("10.0.0.0/8", "0.0.0.0/0").Should().BeEmpty();
        Ranges("10.0.0.0/8", "::/0").Should().Be("10.0.0.0/8", "the block of everything is of the other family");

        static string Ranges(params string[] texts) => string.Join(' ', Rules(Change(spec => spec with { LoadBalancerSourceRanges = [.. texts] })).Single().SourceRanges);
    }

    [Test]
    public void Leading_zeros_are_read_as_decimal() =>
        Rules(Change(spec => spec with { ClusterIP = "010.096.000.010", ClusterIPs = ["010.096.000.010"] })).Single().ClusterIP.Should().Be(IpAddress.Parse("10.96.0.10"));

    [Test]
    public void Affinity_lasts_three_hours_unless_the_service_says_otherwise()
    {
        Rules(EndpointObjects.Service()).Single().AffinityTimeout.Should().BeNull();
        Rules(Change(spec => spec with { SessionAffinity = "ClientIP" })).Single().AffinityTimeout.Should().Be(TimeSpan.FromHours(3));
        Rules(Change(spec => spec with { SessionAffinity = "ClientIP", SessionAffinityConfig = new() { ClientIP = new() { TimeoutSeconds = 5 } } }))
            .Single().AffinityTimeout.Should().Be(TimeSpan.FromSeconds(5));
    }

    [TestCase(ServiceType.ClusterIP, false, false)]
    [TestCase(ServiceType.ClusterIP, true, true)]
    [TestCase(ServiceType.NodePort, false, true)]
    [TestCase(ServiceType.LoadBalancer, false, true)]
    public void The_external_policy_counts_only_for_services_that_can_be_reached_from_outside(string type, bool hasExternalIP, bool isLocal) =>
        Rules(Change(spec => spec with { Type = type, ExternalTrafficPolicy = "Local", ExternalIPs = hasExternalIP ? ["192.0.2.1"] : [] }))
            .Single().ExternalLocal.Should().Be(isLocal);

    [Test]
    public void External_ips_are_dropped_when_the_gate_is_off() =>
        FrontendRules.Of(Change(spec => spec with { ExternalIPs = ["192.0.2.1"] }), new KubeProxyOptions { AllowServiceExternalIPs = false })
            .Single().ExternalIPs.Should().BeEmpty();

    private static IReadOnlyList<ServiceRule> Rules(Service service) => FrontendRules.Of(service, new KubeProxyOptions());

    private static Service Change(Func<ServiceSpec, ServiceSpec> change)
    {
        Service service = EndpointObjects.Service();
        return service with { Spec = change(service.Spec) };
    }
}
