using KubeSim.Addressing;
using KubeSim.Api;
using KubeSim.Dataplane;
using KubeSim.Proxy.Rendering.Nftables;

namespace KubeSim.Tests.Proxy.Rendering.Nftables;

[TestFixture]
public sealed class NftablesNamesTests
{
    private const string LongNamespace = "very-long-namespace-name-abcdefghijklmnopqrstuvwxyz0123456789xx";
    private const string LongService = "very-long-service-name-why-would-you-even-do-this-i-mean-really";
    private const string LongPort = "port-443-providing-the-hypertext-transmission-protocol-with-tls";

    [TestCase("ns1", "svc1", "p80", "ULMVA6XW-ns1/svc1/tcp/p80")]
    [TestCase("testing", "service", "http", "P4ZYZVCF-testing/service/tcp/http")]
    public void A_service_ports_name_begins_with_the_hash_of_its_parts(string ns, string service, string port, string expected) =>
        NftablesNames.ServiceBase(new ServicePortName(new NamespacedName(ns, service), port, TransportProtocol.Tcp)).Should().Be(expected);

    [TestCase("10.180.0.1", "JO2XBXZR-testing/service/tcp/http__10.180.0.1/80")]
    [TestCase("fd80:abcd:12::a1b2:c3d4:e5f6:9999", "U7E2ET36-testing/service/tcp/http__fd80.abcd.12..a1b2.c3d4.e5f6.9999/80")]
    public void An_endpoints_name_has_no_colon(string address, string expected) =>
        NftablesNames.EndpointBase(new ServicePortName(new NamespacedName("testing", "service"), "http", TransportProtocol.Tcp), address, 80).Should().Be(expected);

    [Test]
    public void A_name_that_is_too_long_is_cut_and_still_the_only_one()
    {
        var port = new ServicePortName(new NamespacedName(LongNamespace, LongService), LongPort, TransportProtocol.Sctp, isIPv6: true);

        string one = NftablesNames.EndpointBase(port, "1234:5678:9abc:def0::abcd:1234:5678", 443);
        string other = NftablesNames.EndpointBase(port, "1234:5678:9abc:def0::abcd:1234:8765", 443);

        one.Should().HaveLength(240).And.StartWith("CI6C53Q3-very-long-namespace").And.EndWith("...");
        other.Should().HaveLength(240).And.StartWith("2FLXFK6X-very-long-namespace");
    }

    [Test]
    public void Chains_and_sets_are_told_apart_by_prefix()
    {
        var rule = new ServiceRule { Name = new ServicePortName(new NamespacedName("ns1", "svc1"), "p80", TransportProtocol.Tcp), ClusterIP = IpAddress.Parse("172.30.0.41"), Port = 80 };

        NftablesNames.ServiceChain(rule).Should().Be("service-ULMVA6XW-ns1/svc1/tcp/p80");
        NftablesNames.LocalChain(rule).Should().Be("local-ULMVA6XW-ns1/svc1/tcp/p80");
        NftablesNames.ExternalChain(rule).Should().Be("external-ULMVA6XW-ns1/svc1/tcp/p80");
        NftablesNames.FirewallChain(rule).Should().Be("firewall-ULMVA6XW-ns1/svc1/tcp/p80");
        NftablesNames.EndpointChain(rule, IpPort.Parse("10.180.0.1:80")).Should().Be("endpoint-5OJB2KTY-ns1/svc1/tcp/p80__10.180.0.1/80");
        NftablesNames.AffinitySet(rule, IpPort.Parse("10.180.0.1:80")).Should().Be("affinity-5OJB2KTY-ns1/svc1/tcp/p80__10.180.0.1/80");
    }
}
