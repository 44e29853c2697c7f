using KubeSim.Api;
using KubeSim.ApiServer;

namespace KubeSim.Tests.ApiServer;

[TestFixture]
public sealed class ServiceTransitionTests
{
    private Admission _admission = null!;

    [SetUp]
    public void SetUp() => _admission = AdmissionSamples.Admission();

    [Test]
    public void A_service_sent_again_without_what_it_was_given_keeps_it()
    {
        Service first = _admission.Admit(AdmissionSamples.Service(s => s with { Type = "LoadBalancer", ExternalTrafficPolicy = "Local" }));

        Service again = _admission.Change(first, AdmissionSamples.Service(s => s with { Type = "LoadBalancer", ExternalTrafficPolicy = "Local" }));

        again.Spec.Should().Be(first.Spec);
    }

    [Test]
    public void An_unchanged_service_comes_back_equal()
    {
        Service first = _admission.Admit(AdmissionSamples.Service());

        _admission.Change(first, first).Should().Be(first);
    }

    [Test]
    public void The_whole_circle_of_types()
    {
        Service service = _admission.Admit(AdmissionSamples.Service());
        string address = service.Spec.ClusterIP!;

        service = _admission.Change(service, s => s with { Type = "NodePort" });
        int? nodePort = service.Spec.Ports[0].NodePort;
        nodePort.Should().NotBeNull();
        service.Spec.ExternalTrafficPolicy.Should().Be("Cluster");

        service = _admission.Change(service, s => s with { Type = "LoadBalancer" });
        service.Spec.Ports[0].NodePort.Should().Be(nodePort);
        service.Spec.AllocateLoadBalancerNodePorts.Should().BeTrue();

        service = _admission.Change(service, s => s with { Type = "ClusterIP" });
        service.Spec.Ports[0].NodePort.Should().BeNull();
        service.Spec.ExternalTrafficPolicy.Should().BeNull();
        service.Spec.AllocateLoadBalancerNodePorts.Should().BeNull();
        service.Spec.ClusterIP.Should().Be(address);

        service = _admission.Change(service, s => s with { Type = "ExternalName", ExternalName = "example.com" });
        service.Spec.ClusterIP.Should().BeNull();
        service.Spec.ClusterIPs.IsEmpty.Should().BeTrue();
        service.Spec.IPFamilies.IsEmpty.Should().BeTrue();
        service.Spec.Ports.Length.Should().Be(1);

        Service other = _admission.Admit(AdmissionSamples.Service(s => s with { ClusterIP = address }, "other"));
        other.Spec.ClusterIP.Should().Be(address, "an ExternalName gave it back");
        service = _admission.Change(service, s => s with { Type = "ClusterIP" });
        service.Spec.ClusterIP.Should().NotBeNull().And.NotBe(address);
        service.Spec.ExternalName.Should().Be("example.com");
    }

    [Test]
    public void A_new_node_port_is_not_cleared_but_refused_when_the_type_has_none()
    {
        Service service = _admission.Admit(AdmissionSamples.Service(s => s with { Type = "NodePort" }));

        _admission.Refusal(service, s => s with { Type = "ClusterIP", Ports = [s.Ports[0] with { NodePort = 30999 }] })
            .Should().Be("Service \"s\" is invalid: spec.ports[0].nodePort: Forbidden: may not be used when `type` is 'ClusterIP'");
    }

    [Test]
    public void A_node_port_follows_the_name_of_its_port()
    {
        Service service = _admission.Admit(AdmissionSamples.Service(s => s with { Type = "NodePort", Ports = [new ServicePort { Name = "a", Port = 80 }] }));
        int? nodePort = service.Spec.Ports[0].NodePort;

        Service moved = _admission.Change(service, s => s with { Ports = [new ServicePort { Name = "a", Port = 81, Protocol = "UDP" }] });
        moved.Spec.Ports[0].NodePort.Should().Be(nodePort);

        _admission.Change(moved, s => s with { Ports = [new ServicePort { Name = "b", Port = 81 }] }).Spec.Ports[0].NodePort.Should().NotBe(nodePort);
        _admission.Admit(AdmissionSamples.Service(s => s with { Type = "NodePort", Ports = [new ServicePort { Port = 1, NodePort = nodePort }] }, "x"))
            .Spec.Ports[0].NodePort.Should().Be(nodePort, "the renamed port gave it back");
    }

    [Test]
    public void A_second_protocol_does_not_share_a_node_port_on_update_unless_it_says_so()
    {
        Service service = _admission.Admit(AdmissionSamples.Service(s => s with { Type = "NodePort", Ports = [new ServicePort { Name = "t", Port = 53 }] }));
        ServicePort tcp = service.Spec.Ports[0];

        Service own = _admission.Change(service, s => s with { Ports = [tcp, new ServicePort { Name = "u", Port = 53, Protocol = "UDP" }] });
        own.Spec.Ports[1].NodePort.Should().NotBe(tcp.NodePort);

        Service shared = _admission.Change(service, s => s with { Ports = [tcp, new ServicePort { Name = "u", Port = 53, Protocol = "UDP", NodePort = tcp.NodePort }] });
        shared.Spec.Ports[1].NodePort.Should().Be(tcp.NodePort);

        _admission.Refusal(service, s => s with { Ports = [tcp, new ServicePort { Name = "u", Port = 54, NodePort = tcp.NodePort }] })
            .Should().Be($"duplicate nodePort: {{TCP {tcp.NodePort}}}");
    }

    [Test]
    public void The_health_check_port_comes_and_goes_with_the_policy()
    {
        Service service = _admission.Admit(AdmissionSamples.Service(s => s with { Type = "LoadBalancer", ExternalTrafficPolicy = "Local" }));
        int? port = service.Spec.HealthCheckNodePort;
        _admission.Refusal(service, s => s with { HealthCheckNodePort = port + 1 }).Should().Be("Service \"s\" is invalid: spec.healthCheckNodePort: Forbidden: field is immutable");

        service = _admission.Change(service, s => s with { ExternalTrafficPolicy = "Cluster" });
        service.Spec.HealthCheckNodePort.Should().BeNull();
        _admission.Change(service, s => s with { ExternalTrafficPolicy = "Local", HealthCheckNodePort = port }).Spec.HealthCheckNodePort.Should().Be(port, "it had come back");
    }

    [Test]
    public void A_load_balancer_class_stays()
    {
        Service service = _admission.Admit(AdmissionSamples.Service(s => s with { Type = "LoadBalancer", LoadBalancerClass = "a.b/c" }));

        _admission.Refusal(service, s => s with { LoadBalancerClass = null }).Should().Be("Service \"s\" is invalid: spec.loadBalancerClass: Invalid value: null: may not change once set");
    }

    [Test]
    public void Node_ports_that_are_no_longer_wanted_stay_until_they_are_left_out()
    {
        Service service = _admission.Admit(AdmissionSamples.Service(s => s with { Type = "LoadBalancer" }));

        Service kept = _admission.Change(service, s => s with { AllocateLoadBalancerNodePorts = false });
        kept.Spec.Ports[0].NodePort.Should().Be(service.Spec.Ports[0].NodePort);

        _admission.Change(kept, s => s with { Ports = [AdmissionSamples.Http] }).Spec.Ports[0].NodePort.Should().BeNull();
    }

    [TestCase("10.96.3.3", "[\"10.96.3.3\"]")]
    [TestCase("None", "[\"None\"]")]
    public void The_address_may_not_change(string address, string shown)
    {
        Service service = _admission.Admit(AdmissionSamples.Service());

        _admission.Refusal(service, s => s with { ClusterIP = address }).Should().Be($"Service \"s\" is invalid: spec.clusterIPs[0]: Invalid value: {shown}: may not change once set");
    }

    [Test]
    public void Headless_is_for_life()
    {
        Service service = _admission.Admit(AdmissionSamples.Service(s => s with { ClusterIP = "None" }));
        service.Spec.ClusterIPs.Should().Equal("None");

        _admission.Refusal(service, s => s with { Type = "NodePort" }).Should().Be("Service \"s\" is invalid: spec.clusterIPs[0]: Invalid value: \"None\": may not be set to 'None' for NodePort services");
        _admission.Refusal(service, s => s with { ClusterIP = "10.96.3.3" }).Should().EndWith("may not change once set");
    }

    [Test]
    public void A_failed_change_takes_and_gives_nothing()
    {
        Service service = _admission.Admit(AdmissionSamples.Service(s => s with { Type = "NodePort" }));
        _admission.Refusal(service, s => s with { SessionAffinity = "x", Ports = [AdmissionSamples.Http with { NodePort = 30777 }] })
            .Should().Be("Service \"s\" is invalid: spec.sessionAffinity: Unsupported value: \"x\": supported values: \"ClientIP\", \"None\"");

        _admission.Admit(AdmissionSamples.Service(s => s with { Type = "NodePort", Ports = [AdmissionSamples.Http with { NodePort = 30777 }] }, "b")).Spec.Ports[0].NodePort.Should().Be(30777);
        _admission.Refusal(AdmissionSamples.Service(s => s with { Type = "NodePort", Ports = service.Spec.Ports }, "c")).Should().EndWith("provided port is already allocated");
    }

    [Test]
    public void Leaving_the_load_balancer_clears_its_addresses()
    {
        Service service = _admission.Admit(AdmissionSamples.Service(s => s with { Type = "LoadBalancer" }));
        var status = new ServiceStatus { LoadBalancer = new LoadBalancerStatus { Ingress = [new LoadBalancerIngress { IP = "9.9.9.9" }] } };
        service = (Service)_admission.UpdateStatus(service, service with { Status = status });
        service.Status.LoadBalancer.Ingress[0].IPMode.Should().Be("VIP");

        _admission.Change(service, s => s with { Type = "NodePort" }).Status.Should().Be(ServiceStatus.Empty);
    }

    [Test]
    public void Only_a_load_balancer_has_addresses_in_its_status()
    {
        Service service = _admission.Admit(AdmissionSamples.Service());
        var status = new ServiceStatus { LoadBalancer = new LoadBalancerStatus { Ingress = [new LoadBalancerIngress { IP = "9.9.9.9" }] } };

        AdmissionSamples.Refused(() => _admission.UpdateStatus(service, service with { Status = status })).Message
            .Should().Be("Service \"s\" is invalid: status.loadBalancer.ingress: Forbidden: may only be used when `spec.type` is 'LoadBalancer'");
    }
}
