using KubeSim.Addressing;
using KubeSim.Api;
using KubeSim.ApiServer;
using KubeSim.Simulation;

namespace KubeSim.Tests.ApiServer;

[TestFixture]
public sealed class ServiceAllocationTests
{
    private const string OutOfRange = "the provided network does not match the current range";

    private Admission _admission = null!;

    [SetUp]
    public void SetUp() => _admission = AdmissionSamples.Admission();

    [Test]
    public void Addresses_come_from_behind_the_static_band()
    {
        for (int i = 0; i < 200; i++)
        {
            var address = IpAddress.Parse(_admission.Admit(AdmissionSamples.Service($"s{i}")).Spec.ClusterIP!);

            Cidr.Parse("10.96.0.0/16").IndexOf(address).Should().BeInRange(257, 65534);
        }
    }

    [TestCase("10.97.0.10", OutOfRange)]
    [TestCase("10.96.0.0", OutOfRange)]
    [TestCase("10.96.255.255", OutOfRange)]
    [TestCase("10.96.0.1", "provided IP is already allocated")]
    public void An_address_that_cannot_be_had_is_refused(string address, string why)
    {
        var admission = AdmissionSamples.Admission();
        admission.Admit(KubernetesService.Of(AdmissionSamples.Options()));

        Status status = AdmissionSamples.Refused(() => admission.Create(AdmissionSamples.Service(s => s with { ClusterIP = address })));

        status.Code.Should().Be(422);
        status.Message.Should().Be($"Service \"s\" is invalid: spec.clusterIPs: Invalid value: [\"{address}\"]: failed to allocate IP {address}: {why}");
        status.Details!.Causes.Should().Equal(new StatusCause("FieldValueInvalid", $"Invalid value: [\"{address}\"]: failed to allocate IP {address}: {why}", "spec.clusterIPs"));
    }

    [Test]
    public void The_kubernetes_service_has_the_first_address()
    {
        Service service = _admission.Admit(KubernetesService.Of(AdmissionSamples.Options()));

        service.Name.Should().Be((NamespacedName)"default/kubernetes");
        service.Spec.ClusterIP.Should().Be("10.96.0.1");
        service.Spec.Ports.Should().Equal(new ServicePort { Name = "https", Protocol = "TCP", Port = 443, TargetPort = 6443 });
        service.Metadata.Labels.ToString().Should().Be("component=apiserver,provider=kubernetes");
    }

    [Test]
    public void A_full_range_is_an_internal_error_and_a_released_address_comes_back()
    {
        var admission = AdmissionSamples.Admission("10.0.0.0/28");
        Service[] services = [.. Enumerable.Range(0, 14).Select(i => admission.Admit(AdmissionSamples.Service($"s{i}")))];

        Status status = AdmissionSamples.Refused(() => admission.Create(AdmissionSamples.Service("full")));
        status.Code.Should().Be(500);
        status.Message.Should().Be("Internal error occurred: failed to allocate a serviceIP for Service \"full\": range is full");

        admission.Released(services[3]);
        admission.Admit(AdmissionSamples.Service("again")).Spec.ClusterIP.Should().Be(services[3].Spec.ClusterIP);
    }

    [Test]
    public void What_an_abandoned_service_was_given_comes_back()
    {
        Service service = _admission.Admit(AdmissionSamples.Service(s => s with { Type = "NodePort", ClusterIP = "10.96.0.9", Ports = [AdmissionSamples.Http with { NodePort = 30500 }] }));

        _admission.Abandon(service);

        _admission.Admit(AdmissionSamples.Service(_ => service.Spec)).Spec.Ports[0].NodePort.Should().Be(30500);
    }

    [Test]
    public void A_refused_service_leaves_nothing_allocated()
    {
        Service bad = AdmissionSamples.Service(s => s with { Type = "NodePort", ClusterIP = "10.96.0.9", Ports = [new ServicePort { Port = 80, NodePort = 30500, Protocol = "tcp" }] });
        _admission.Refusal(bad).Should().Be("Service \"s\" is invalid: spec.ports[0].protocol: Unsupported value: \"tcp\": supported values: \"SCTP\", \"TCP\", \"UDP\"");

        _admission.Admit(bad with { Spec = bad.Spec with { Ports = [new ServicePort { Port = 80, NodePort = 30500 }] } }).Spec.ClusterIP.Should().Be("10.96.0.9");
    }

    [Test]
    public void Allocation_errors_come_before_validation_errors()
    {
        _admission.Admit(AdmissionSamples.Service(s => s with { ClusterIP = "10.96.0.9" }));

        _admission.Refusal(AdmissionSamples.Service(s => s with { ClusterIP = "10.96.0.9", Type = "bad" }))
            .Should().EndWith("failed to allocate IP 10.96.0.9: provided IP is already allocated");
    }

    [TestCase(8080, "provided port is not in the valid range. The range of valid ports is 30000-32767")]
    [TestCase(30500, "provided port is already allocated")]
    public void A_node_port_that_cannot_be_had_is_refused(int port, string why)
    {
        _admission.Admit(AdmissionSamples.Service(s => s with { Type = "NodePort", Ports = [AdmissionSamples.Http with { NodePort = 30500 }] }));

        _admission.Refusal(AdmissionSamples.Service(s => s with { Type = "NodePort", Ports = [AdmissionSamples.Http with { NodePort = port }] }))
            .Should().Be($"Service \"s\" is invalid: spec.ports[0].nodePort: Invalid value: {port}: {why}");
    }

    [Test]
    public void One_port_number_of_two_protocols_shares_a_node_port_from_the_start()
    {
        Service service = AdmissionSamples.Service(
            "dns", new ServicePort { Name = "udp", Port = 53, Protocol = "UDP" }, new ServicePort { Name = "tcp", Port = 53, NodePort = 30053 }, new ServicePort { Name = "web", Port = 80 });

        int?[] ports = [.. _admission.Admit(service with { Spec = service.Spec with { Type = "NodePort" } }).Spec.Ports.Select(port => port.NodePort)];

        ports[..2].Should().Equal(30053, 30053);
        ports[2].Should().BeInRange(30086, 32767, "the first 86 are left to those who ask for them");
    }

    [Test]
    public void A_node_port_range_can_be_used_up()
    {
        var admission = new Admission(AdmissionSamples.Options() with { NodePortFirst = 30000, NodePortLast = 30001 }, new DeterministicRandom(1));
        int?[] given = [.. "ab".Select(name => admission.Admit(AdmissionSamples.Service(s => s with { Type = "NodePort" }, $"{name}")).Spec.Ports[0].NodePort)];
        given.Should().BeEquivalentTo([30000, 30001]);

        admission.Refusal(AdmissionSamples.Service(s => s with { Type = "NodePort" })).Should().Be("Internal error occurred: failed to allocate a nodePort: range is full");
    }

    [Test]
    public void Local_load_balancers_get_a_health_check_port()
    {
        Service service = _admission.Admit(AdmissionSamples.Service(s => s with { Type = "LoadBalancer", ExternalTrafficPolicy = "Local", AllocateLoadBalancerNodePorts = false }));
        service.Spec.HealthCheckNodePort.Should().BeInRange(30086, 32767);
        service.Spec.Ports[0].NodePort.Should().BeNull();

        int taken = service.Spec.HealthCheckNodePort!.Value;
        AdmissionSamples.Refused(() => _admission.Create(AdmissionSamples.Service(s => s with { Type = "LoadBalancer", ExternalTrafficPolicy = "Local", HealthCheckNodePort = taken })))
            .Message.Should().Be($"Internal error occurred: failed to allocate requested HealthCheck NodePort {taken}: provided port is already allocated");
    }

    [Test]
    public void A_service_without_a_name_cannot_hold_an_address() =>
        _admission.Refusal(AdmissionSamples.Service("")).Should().MatchRegex(
            @"^Service """" is invalid: spec\.clusterIPs: Invalid value: \[""""\]: failed to allocate IP: IPAddress\.networking\.k8s\.io ""10\.96\.\d+\.\d+"" is invalid: spec\.parentRef\.name: Required value$");

    [Test]
    public void The_same_seed_gives_the_same_addresses_and_ports()
    {
        string[] first = Run();
        Run().Should().Equal(first);

        static string[] Run()
        {
            var admission = AdmissionSamples.Admission();
            return [.. Enumerable.Range(0, 20).Select(i => admission.Admit(AdmissionSamples.Service(s => s with { Type = "NodePort" }, $"s{i}")).Spec)
                .Select(spec => $"{spec.ClusterIP} {spec.Ports[0].NodePort}")];
        }
    }
}
