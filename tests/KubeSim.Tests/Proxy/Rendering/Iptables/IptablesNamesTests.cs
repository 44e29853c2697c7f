using KubeSim.Addressing;
using KubeSim.Api;
using KubeSim.Dataplane;
using KubeSim.Proxy.Rendering.Iptables;

namespace KubeSim.Tests.Proxy.Rendering.Iptables;

[TestFixture]
public sealed class IptablesNamesTests
{
    [Test]
    public void Chains_are_named_for_the_hash_of_the_service_port()
    {
        var names = new IptablesNames(new ServicePortName(NamespacedName.Parse("ns1/svc1"), "p80", TransportProtocol.Tcp));

        names.ServiceChain.Should().Be("KUBE-SVC-XPGD46QRK7WJZT7O");
        names.LocalChain.Should().Be("KUBE-SVL-XPGD46QRK7WJZT7O");
        names.ExternalChain.Should().Be("KUBE-EXT-XPGD46QRK7WJZT7O");
        names.FirewallChain.Should().Be("KUBE-FW-XPGD46QRK7WJZT7O");
        names.EndpointChain("10.180.0.1:80").Should().Be("KUBE-SEP-SXIVWICOYRO3J4NJ");
    }

    [Test]
    public void Both_families_of_a_service_port_have_the_same_names() =>
        Of(isIPv6: true).ServiceChain.Should().Be(Of(isIPv6: false).ServiceChain).And.Be("KUBE-SVC-CDGGSHYLG3RE2FKL");

    [Test]
    public void An_IPv6_endpoint_is_hashed_in_brackets() => Of(isIPv6: true).EndpointChain("[fd00:10:244:1::11]:8080").Should().Be("KUBE-SEP-RCWIX3PAHINDC4CW");

    [Test]
    public void The_protocol_is_part_of_the_name() =>
        new IptablesNames(new ServicePortName(NamespacedName.Parse("default/web"), "http", TransportProtocol.Udp)).ServiceChain.Should().NotBe(Of(isIPv6: false).ServiceChain);

    private static IptablesNames Of(bool isIPv6) => new(new ServicePortName(NamespacedName.Parse("default/web"), "http", TransportProtocol.Tcp, isIPv6));
}
