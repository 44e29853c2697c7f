using KubeSim.Api;
using KubeSim.ApiServer;
using KubeSim.Collections;

namespace KubeSim.Tests.ApiServer;

[TestFixture]
public sealed class EndpointAdmissionTests
{
    private static readonly EndpointSlice Good = AdmissionSamples.Slice("10.0.0.1");

    private static readonly object[] Refusals =
    [
        new object[] { Good with { AddressType = "IP" }, "addressType: Unsupported value: \"IP\": supported values: \"FQDN\", \"IPv4\", \"IPv6\"" },
        new object[] { Good with { Endpoints = [new Endpoint()] }, "endpoints[0].addresses: Required value: must contain at least 1 address" },
        new object[] { AdmissionSamples.Slice("10.0.0.1", "127.0.0.1"), "endpoints[1].addresses[0]: Invalid value: \"127.0.0.1\": may not be in the loopback range (127.0.0.0/8, ::1/128)" },
        new object[] { AdmissionSamples.Slice("169.254.0.1"), "endpoints[0].addresses[0]: Invalid value: \"169.254.0.1\": may not be in the link-local range (169.254.0.0/16, fe80::/10)" },
        new object[] { AdmissionSamples.Slice("224.0.0.1"), "endpoints[0].addresses[0]: Invalid value: \"224.0.0.1\": may not be in the link-local multicast range (224.0.0.0/24, ff02::/10)" },
        new object[] { AdmissionSamples.Slice("2001:db8::1"), "endpoints[0].addresses: Invalid value: \"2001:db8::1\": must be an IPv4 address" },
        new object[] { AdmissionSamples.Slice("123.456.789.012"), "endpoints[0].addresses[0]: Invalid value: \"123.456.789.012\": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)" },
        new object[] { AdmissionSamples.Slice("2001:DB8::1") with { AddressType = "IPv6" }, "endpoints[0].addresses[0]: Invalid value: \"2001:DB8::1\": must be in canonical form (\"2001:db8::1\")" },
        new object[] { Good with { Ports = [new EndpointPort { Name = "a" }, new EndpointPort { Name = "a" }] }, "ports[1].name: Duplicate value: \"a\"" },
        new object[] { Good with { Ports = [new EndpointPort { Protocol = "tcp" }] }, "ports[0].protocol: Unsupported value: \"tcp\": supported values: \"SCTP\", \"TCP\", \"UDP\"" },
        new object[] { Good with { Endpoints = Enumerable.Repeat(Good.Endpoints[0], 1001).ToEquatableArray() }, "endpoints: Too many: 1001: must have at most 1000 items" },
        new object[] { Good with { Endpoints = [Good.Endpoints[0] with { Hints = new EndpointHints { ForZones = [new ForZone { Name = "a" }, new ForZone { Name = "a" }] } }] }, "endpoints[0].hints.forZones[1].name: Duplicate value: \"a\"" },
    ];

    private readonly Admission _admission = AdmissionSamples.Admission();

    [TestCaseSource(nameof(Refusals))]
    public void Each_rule_has_its_field_and_its_text(EndpointSlice slice, string wrong) =>
        _admission.Refusal(slice).Should().Be($"EndpointSlice.discovery.k8s.io \"e\" is invalid: {wrong}");

    [Test]
    public void Ports_are_completed_and_complete_slices_stay_what_they_are()
    {
        _admission.Create(Good).Should().BeSameAs(Good);
        _admission.Admit(Good with { Ports = [new EndpointPort { Port = 1 }] }).Ports.Should().Equal(new EndpointPort { Name = "", Port = 1, Protocol = "TCP" });
    }

    [Test]
    public void The_address_type_may_not_change() =>
        AdmissionSamples.Refused(() => _admission.Update(Good, AdmissionSamples.Slice("fd00::1") with { AddressType = "IPv6" })).Message
            .Should().Be("EndpointSlice.discovery.k8s.io \"e\" is invalid: addressType: Invalid value: \"IPv6\": field is immutable");

    [Test]
    public void A_changed_endpoint_is_checked_where_it_stands()
    {
        EndpointSlice slice = AdmissionSamples.Slice("10.0.0.1", "10.0.0.2");

        AdmissionSamples.Refused(() => _admission.Update(slice, slice with { Endpoints = slice.Endpoints.SetItem(1, new Endpoint { Addresses = ["x"] }) })).Message
            .Should().Contain("endpoints[1].addresses[0]: Invalid value: \"x\"").And.NotContain("endpoints[0]");
    }

    [Test]
    public void Endpoints_follow_their_own_rules()
    {
        var good = new EndpointSubset { Addresses = [new EndpointAddress { IP = "10.0.0.1" }], Ports = [new EndpointPort { Port = 80 }] };
        _admission.Admit(Endpoints(good)).Subsets[0].Ports[0].Protocol.Should().Be("TCP");

        _admission.Refusal(Endpoints(good with { Addresses = default })).Should().Be("Endpoints \"e\" is invalid: subsets[0]: Required value: must specify `addresses` or `notReadyAddresses`");
        _admission.Refusal(Endpoints(good with { Ports = [new EndpointPort { Port = 80 }, new EndpointPort { Port = 81, Name = "b" }] })).Should().Be("Endpoints \"e\" is invalid: subsets[0].ports[0].name: Required value");
        _admission.Refusal(Endpoints(good with { Addresses = [new EndpointAddress()] })).Should().Be(
            "Endpoints \"e\" is invalid: [subsets[0].addresses[0].ip: Invalid value: \"\": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff), subsets[0].addresses[0].ip: Invalid value: \"\": must be a valid IP address]");
    }

    private static Endpoints Endpoints(EndpointSubset subset) => new() { Metadata = Good.Metadata, Subsets = [subset] };
}
