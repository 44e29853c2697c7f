using KubeSim.Api;

namespace KubeSim.Tests.ApiServer;

[TestFixture]
public sealed class ServiceValidationTests
{
    private static readonly ServiceSpec Spec = AdmissionSamples.Service().Spec;

    private static readonly object[] Refusals =
    [
        new object[] { Spec with { Ports = default }, "spec.ports: Required value" },
        new object[] { Spec with { Ports = [new ServicePort { Port = 0 }] }, "[spec.ports[0].port: Invalid value: 0: must be between 1 and 65535, inclusive, spec.ports[0].targetPort: Invalid value: 0: must be between 1 and 65535, inclusive]" },
        new object[] { Spec with { Ports = [new ServicePort { Port = 80, TargetPort = 65536 }] }, "spec.ports[0].targetPort: Invalid value: 65536: must be between 1 and 65535, inclusive" },
        new object[] { Spec with { Ports = [new ServicePort { Port = 80, Name = "a" }, new ServicePort { Port = 81 }] }, "spec.ports[1].name: Required value" },
        new object[] { Spec with { Ports = [new ServicePort { Port = 80, Name = "a" }, new ServicePort { Port = 81, Name = "a" }] }, "spec.ports[1].name: Duplicate value: \"a\"" },
        new object[] { Spec with { Ports = [new ServicePort { Port = 80, Name = "a" }, new ServicePort { Port = 80, Name = "b" }] }, "spec.ports[1]: Duplicate value: {\"Name\":\"\",\"Protocol\":\"TCP\",\"AppProtocol\":null,\"Port\":80,\"TargetPort\":0,\"NodePort\":0}" },
        new object[] { Spec with { Type = "clusterip" }, "spec.type: Unsupported value: \"clusterip\": supported values: \"ClusterIP\", \"ExternalName\", \"LoadBalancer\", \"NodePort\"" },
        new object[] { Spec with { Type = "ExternalName" }, "spec.externalName: Required value" },
        new object[] { Spec with { Type = "ExternalName", ExternalName = "a.b", ClusterIP = "None" }, "spec.clusterIPs: Forbidden: may not be set for ExternalName services" },
        new object[] { Spec with { Type = "LoadBalancer", ClusterIP = "None" }, "spec.clusterIPs[0]: Invalid value: \"None\": may not be set to 'None' for LoadBalancer services" },
        new object[] { Spec with { ClusterIP = "none" }, "spec.clusterIPs[0]: Invalid value: \"none\": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)" },
        new object[] { Spec with { ExternalIPs = ["127.0.0.1"] }, "spec.externalIPs[0]: Invalid value: \"127.0.0.1\": may not be in the loopback range (127.0.0.0/8, ::1/128)" },
        new object[] { Spec with { ExternalIPs = ["0.0.0.0"] }, "spec.externalIPs[0]: Invalid value: \"0.0.0.0\": may not be unspecified (0.0.0.0)" },
        new object[] { Spec with { SessionAffinity = "Foo" }, "spec.sessionAffinity: Unsupported value: \"Foo\": supported values: \"ClientIP\", \"None\"" },
        new object[] { Spec with { SessionAffinity = "ClientIP", SessionAffinityConfig = new SessionAffinityConfig { ClientIP = new ClientIPConfig { TimeoutSeconds = 86401 } } }, "spec.sessionAffinityConfig.clientIP.timeoutSeconds: Invalid value: 86401: must be greater than 0 and less than 86400" },
        new object[] { Spec with { ExternalTrafficPolicy = "Local" }, "spec.externalTrafficPolicy: Invalid value: \"Local\": may only be set for externally-accessible services" },
        new object[] { Spec with { Type = "NodePort", ExternalTrafficPolicy = "Foo" }, "spec.externalTrafficPolicy: Unsupported value: \"Foo\": supported values: \"Cluster\", \"Local\"" },
        new object[] { Spec with { InternalTrafficPolicy = "Foo" }, "spec.internalTrafficPolicy: Unsupported value: \"Foo\": supported values: \"Cluster\", \"Local\"" },
        new object[] { Spec with { TrafficDistribution = "Foo" }, "spec.trafficDistribution: Unsupported value: \"Foo\": supported values: \"PreferClose\", \"PreferSameZone\", \"PreferSameNode\"" },
        new object[] { Spec with { LoadBalancerClass = "a.b/c" }, "spec.loadBalancerClass: Forbidden: may only be used when `type` is 'LoadBalancer'" },
        new object[] { Spec with { AllocateLoadBalancerNodePorts = false }, "spec.allocateLoadBalancerNodePorts: Forbidden: may only be used when `type` is 'LoadBalancer'" },
        new object[] { Spec with { LoadBalancerSourceRanges = ["1.2.3.0/24"] }, "spec.LoadBalancerSourceRanges: Forbidden: may only be used when `type` is 'LoadBalancer'" },
        new object[] { Spec with { Type = "LoadBalancer", LoadBalancerSourceRanges = ["foo.bar"] }, "spec.LoadBalancerSourceRanges[0]: Invalid value: \"foo.bar\": must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)" },
        new object[] { Spec with { Type = "NodePort", ExternalTrafficPolicy = "Local", HealthCheckNodePort = 34567 }, "spec.healthCheckNodePort: Invalid value: 34567: may only be set when `type` is 'LoadBalancer' and `externalTrafficPolicy` is 'Local'" },
        new object[] { Spec with { IPFamilies = ["IPv4", "IPv4"] }, "spec.ipFamilies[1]: Duplicate value: \"IPv4\"" },
        new object[] { Spec with { IPFamilies = ["x"] }, "spec.ipFamilies[0]: Unsupported value: \"x\": supported values: \"IPv4\", \"IPv6\"" },
    ];

    [TestCaseSource(nameof(Refusals))]
    public void Each_rule_has_its_field_and_its_text(ServiceSpec spec, string wrong) =>
        AdmissionSamples.Admission().Refusal(AdmissionSamples.Service(_ => spec)).Should().Be($"Service \"s\" is invalid: {wrong}");

    [TestCase("8.8.8.8.")]
    [TestCase("example.com.")]
    public void An_external_name_may_end_in_a_dot_or_look_like_an_address(string name) =>
        AdmissionSamples.Admission().Admit(AdmissionSamples.Service(s => s with { Type = "ExternalName", ExternalName = name })).Spec.ExternalName.Should().Be(name);

    [TestCase("1s")]
    [TestCase("a")]
    public void A_name_may_begin_with_a_digit(string name) => AdmissionSamples.Admission().Admit(AdmissionSamples.Service(name)).Name.Name.Should().Be(name);

    [Test]
    public void Several_faults_come_in_one_status()
    {
        Status status = AdmissionSamples.Refused(() => AdmissionSamples.Admission().Create(
            AdmissionSamples.Service(s => s with { Ports = [new ServicePort { Port = 80, Protocol = "tcp" }], SessionAffinity = "x" }, "S.1")));

        status.Code.Should().Be(422);
        status.Reason.Should().Be("Invalid");
        status.Details!.Kind.Should().Be("Service");
        status.Details.Group.Should().BeNull();
        status.Details.Name.Should().Be("S.1");
        status.Details.Causes.Select(cause => $"{cause.Reason} {cause.Field}").Should().Equal(
            "FieldValueInvalid metadata.name", "FieldValueNotSupported spec.ports[0].protocol", "FieldValueNotSupported spec.sessionAffinity");
        status.Message.Should().StartWith("Service \"S.1\" is invalid: [metadata.name: Invalid value: \"S.1\": a lowercase RFC 1123 label").And.EndWith("\"ClientIP\", \"None\"]");
    }
}
