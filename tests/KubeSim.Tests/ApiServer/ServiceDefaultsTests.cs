using KubeSim.Api;

namespace KubeSim.Tests.ApiServer;

[TestFixture]
public sealed class ServiceDefaultsTests
{
    [Test]
    public void A_minimal_service_is_completed()
    {
        Service service = AdmissionSamples.Admission().Admit(AdmissionSamples.Service());

        service.Spec.Should().Be(new ServiceSpec
        {
            Type = "ClusterIP",
            Selector = LabelSet.Of("app", "a"),
            Ports = [new ServicePort { Port = 80, Protocol = "TCP", TargetPort = 80 }],
            ClusterIP = service.Spec.ClusterIP,
            ClusterIPs = [service.Spec.ClusterIP!],
            IPFamilies = ["IPv4"],
            IPFamilyPolicy = "SingleStack",
            InternalTrafficPolicy = "Cluster",
            SessionAffinity = "None",
        });
    }

    [TestCase("NodePort", "Cluster", null)]
    [TestCase("LoadBalancer", "Cluster", true)]
    [TestCase("ClusterIP", null, null)]
    public void The_type_decides_about_outside_traffic(string type, string? policy, bool? allocates)
    {
        ServiceSpec spec = AdmissionSamples.Admission().Admit(AdmissionSamples.Service(s => s with { Type = type })).Spec;

        spec.ExternalTrafficPolicy.Should().Be(policy);
        spec.AllocateLoadBalancerNodePorts.Should().Be(allocates);
    }

    [Test]
    public void External_addresses_make_a_ClusterIP_service_reachable_from_outside() =>
        AdmissionSamples.Admission().Admit(AdmissionSamples.Service(s => s with { ExternalIPs = ["80.11.12.10"] })).Spec.ExternalTrafficPolicy.Should().Be("Cluster");

    [Test]
    public void Client_affinity_lasts_three_hours_when_nothing_is_said()
    {
        ServiceSpec spec = AdmissionSamples.Admission().Admit(AdmissionSamples.Service(s => s with { SessionAffinity = "ClientIP" })).Spec;

        spec.SessionAffinityConfig!.ClientIP!.TimeoutSeconds.Should().Be(10800);
    }

    [Test]
    public void A_timeout_without_affinity_is_dropped()
    {
        var config = new SessionAffinityConfig { ClientIP = new ClientIPConfig { TimeoutSeconds = 10 } };

        AdmissionSamples.Admission().Admit(AdmissionSamples.Service(s => s with { SessionAffinityConfig = config })).Spec.SessionAffinityConfig.Should().BeNull();
    }

    [Test]
    public void A_target_port_of_zero_or_nothing_is_the_port()
    {
        Service service = AdmissionSamples.Service(
            "s", new ServicePort { Name = "a", Port = 80, TargetPort = 0 }, new ServicePort { Name = "b", Port = 81, TargetPort = "" }, new ServicePort { Name = "c", Port = 82, TargetPort = "web" });

        AdmissionSamples.Admission().Admit(service).Spec.Ports.Select(port => $"{port.TargetPort}").Should().Equal("80", "81", "web");
    }

    [Test]
    public void An_ExternalName_has_neither_addresses_nor_policies()
    {
        Service service = AdmissionSamples.Service(s => s with { Type = "ExternalName", ExternalName = "example.com", InternalTrafficPolicy = "Local" });

        ServiceSpec spec = AdmissionSamples.Admission().Admit(service).Spec;

        spec.ClusterIP.Should().BeNull();
        spec.IPFamilyPolicy.Should().BeNull();
        spec.InternalTrafficPolicy.Should().BeNull();
    }

    [Test]
    public void A_new_service_has_no_status_yet()
    {
        Service service = AdmissionSamples.Service() with
        {
            Status = new ServiceStatus { LoadBalancer = new LoadBalancerStatus { Ingress = [new LoadBalancerIngress { IP = "1.1.1.1" }] } },
        };

        AdmissionSamples.Admission().Admit(service).Status.Should().Be(ServiceStatus.Empty);
    }
}
