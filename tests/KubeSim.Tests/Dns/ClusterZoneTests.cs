using KubeSim.Addressing;
using KubeSim.Api;
using KubeSim.Dns;

namespace KubeSim.Tests.Dns;

[TestFixture]
public sealed class ClusterZoneTests
{
    private readonly DnsWorld _world = Shop();

    [TestCase("web.default.svc.cluster.local", "10.96.0.80")]
    [TestCase("WEB.Default.SVC.Cluster.Local", "10.96.0.80")]
    [TestCase("dual.default.svc.cluster.local", "10.96.0.81")]
    [TestCase("db.default.svc.cluster.local", "10.244.1.1 | 10.244.1.2 | 10.244.1.4")]
    [TestCase("db-0.db.default.svc.cluster.local", "10.244.1.1")]
    [TestCase("10-244-1-4.db.default.svc.cluster.local", "10.244.1.4")]
    [TestCase("10-244-1-1.db.default.svc.cluster.local", "NXDOMAIN", Description = "an endpoint with a hostname has no other name")]
    [TestCase("db-2.db.default.svc.cluster.local", "NXDOMAIN", Description = "not ready")]
    [TestCase("idle.default.svc.cluster.local", "NXDOMAIN", Description = "headless without ready endpoints")]
    [TestCase("portless.default.svc.cluster.local", "10.244.1.9")]
    [TestCase("_http._tcp.web.default.svc.cluster.local", "10.96.0.80", Description = "CoreDNS answers addresses for port names")]
    [TestCase("_http._udp.web.default.svc.cluster.local", "NXDOMAIN")]
    [TestCase("a.b.c.web.default.svc.cluster.local", "NXDOMAIN")]
    [TestCase("web.default.cluster.local", "NXDOMAIN")]
    [TestCase("web.nowhere.svc.cluster.local", "NXDOMAIN")]
    [TestCase("*.default.svc.cluster.local", "NXDOMAIN", Description = "no wildcards since CoreDNS 1.9")]
    [TestCase("cluster.local", "NODATA")]
    [TestCase("svc.cluster.local", "NODATA")]
    [TestCase("default.svc.cluster.local", "NODATA")]
    [TestCase("nowhere.svc.cluster.local", "NXDOMAIN")]
    [TestCase("dns-version.cluster.local", "NXDOMAIN", Description = "although it has a TXT record")]
    public void Services_and_endpoints_have_addresses(string name, string expected) => _world.Dig(name).Should().Be(expected);

    [TestCase("dual.default.svc.cluster.local", "fd00:96::81")]
    [TestCase("web.default.svc.cluster.local", "NODATA", Description = "the other family")]
    [TestCase("nosuch.default.svc.cluster.local", "NXDOMAIN")]
    public void IPv6_is_a_question_of_its_own(string name, string expected) => _world.Dig(name, DnsRecordType.AAAA).Should().Be(expected);

    [TestCase("_http._tcp.web.default.svc.cluster.local", "0 100 80 web.default.svc.cluster.local.", Description = "the port of the Service")]
    [TestCase("_http._tcp.db.default.svc.cluster.local",
        "0 33 8080 10-244-1-4.db.default.svc.cluster.local. | 0 33 8080 db-0.db.default.svc.cluster.local. | 0 33 8080 db-1.db.default.svc.cluster.local.",
        Description = "the port of the endpoints")]
    [TestCase("_http._tcp.dual.default.svc.cluster.local", "0 50 80 dual.default.svc.cluster.local.", Description = "weights count both families, the record is one")]
    [TestCase("portless.default.svc.cluster.local", "NODATA")]
    [TestCase("_none._tcp.web.default.svc.cluster.local", "NXDOMAIN")]
    [TestCase("out.default.svc.cluster.local", "NODATA")]
    public void Named_ports_have_SRV_records(string name, string expected) => _world.Dig(name, DnsRecordType.SRV).Should().Be(expected);

    [Test]
    public void An_SRV_answer_brings_the_addresses_of_its_targets() =>
        _world.Dns.Query("_http._tcp.web.default.svc.cluster.local", DnsRecordType.SRV).Additional.Select(record => record.ToString())
            .Should().Equal("web.default.svc.cluster.local. 30 IN A 10.96.0.80");

    [TestCase("out.default.svc.cluster.local", DnsRecordType.A, "192.0.2.53 | www.example.com.")]
    [TestCase("out.default.svc.cluster.local", DnsRecordType.AAAA, "2001:db8::53 | www.example.com.")]
    [TestCase("out.default.svc.cluster.local", DnsRecordType.CNAME, "www.example.com.")]
    [TestCase("web.default.svc.cluster.local", DnsRecordType.CNAME, "NODATA")]
    [TestCase("lost.default.svc.cluster.local", DnsRecordType.A, "no.example.com.", Description = "NXDOMAIN of the target is not passed on")]
    [TestCase("inside.default.svc.cluster.local", DnsRecordType.A, "10.96.0.80 | web.default.svc.cluster.local.")]
    [TestCase("inside.default.svc.cluster.local", DnsRecordType.AAAA, "NODATA", Description = "inside the zone an alias without data is hidden")]
    [TestCase("ring-a.default.svc.cluster.local", DnsRecordType.A, "NODATA")]
    [TestCase("self.default.svc.cluster.local", DnsRecordType.A, "NODATA")]
    [TestCase("address.default.svc.cluster.local", DnsRecordType.A, "NXDOMAIN", Description = "an address is no alias")]
    [TestCase("x.out.default.svc.cluster.local", DnsRecordType.A, "NXDOMAIN")]
    public void An_external_name_is_an_alias(string name, DnsRecordType type, string expected) => _world.Dig(name, type).Should().Be(expected);

    [TestCase("80.0.96.10.in-addr.arpa", "web.default.svc.cluster.local.")]
    [TestCase("1.1.244.10.in-addr.arpa", "db-0.db.default.svc.cluster.local.")]
    [TestCase("4.1.244.10.in-addr.arpa", "10-244-1-4.db.default.svc.cluster.local. | same.other.shop.svc.cluster.local.")]
    [TestCase("3.1.244.10.in-addr.arpa", "NXDOMAIN", Description = "not ready")]
    [TestCase("1.8.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.6.9.0.0.0.0.d.f.ip6.arpa", "dual.default.svc.cluster.local.")]
    [TestCase("244.10.in-addr.arpa", "NXDOMAIN")]
    [TestCase("web.default.svc.cluster.local", "NODATA")]
    public void Addresses_have_names(string name, string expected) => _world.Dig(name, DnsRecordType.PTR).Should().Be(expected);

    [TestCase("dns-version.cluster.local", "\"1.1.0\"")]
    [TestCase("web.default.svc.cluster.local", "NODATA")]
    [TestCase("cluster.local", "NXDOMAIN", Description = "CoreDNS does not know its own zone for TXT")]
    [TestCase("nosuch.default.svc.cluster.local", "NXDOMAIN")]
    public void The_version_of_the_specification_is_a_text(string name, string expected) => _world.Dig(name, DnsRecordType.TXT).Should().Be(expected);

    [TestCase("10-244-1-5.default.pod.cluster.local", DnsRecordType.A, "10.244.1.5", Description = "whether a Pod has it or not")]
    [TestCase("fd00--1.default.pod.cluster.local", DnsRecordType.AAAA, "fd00::1")]
    [TestCase("10-244-1-5.default.pod.cluster.local", DnsRecordType.AAAA, "NODATA")]
    [TestCase("256-1-1-1.default.pod.cluster.local", DnsRecordType.A, "NXDOMAIN")]
    [TestCase("10-244-1-5.nowhere.pod.cluster.local", DnsRecordType.A, "NXDOMAIN")]
    [TestCase("default.pod.cluster.local", DnsRecordType.A, "NODATA")]
    [TestCase("any.10-244-1-5.default.pod.cluster.local", DnsRecordType.A, "10.244.1.5")]
    [TestCase("10-244-1-5.default.pod.cluster.local", DnsRecordType.SRV, "0 100 0 10-244-1-5.default.pod.cluster.local.")]
    public void A_name_that_spells_an_address_has_it(string name, DnsRecordType type, string expected) => _world.Dig(name, type).Should().Be(expected);

    [TestCase("web.default.svc.cluster.local", DnsRecordType.MX, "NODATA")]
    [TestCase("nosuch.default.svc.cluster.local", DnsRecordType.MX, "NXDOMAIN")]
    [TestCase("web.default.svc.cluster.local", DnsRecordType.ANY, "NODATA")]
    [TestCase("nosuch.default.svc.cluster.local", DnsRecordType.SOA, "NODATA", Description = "of any name below the zone")]
    [TestCase("svc.cluster.local", DnsRecordType.NS, "NODATA")]
    public void Other_types_have_no_records(string name, DnsRecordType type, string expected) => _world.Dig(name, type).Should().Be(expected);

    [Test]
    public void The_zone_begins_with_its_SOA_record() =>
        _world.Dns.Query("cluster.local", DnsRecordType.SOA).Answer[0].ToString()
            .Should().Be($"cluster.local. 30 IN SOA ns.dns.cluster.local. hostmaster.cluster.local. {_world.Dns.Serial} 7200 1800 86400 30");

    [Test]
    public void An_answer_that_says_no_carries_the_SOA_record_in_the_case_of_the_question()
    {
        foreach (string name in (string[])["nosuch.default.svc.Cluster.Local", "default.svc.Cluster.Local"])
        {
            _world.Dns.Query(name, DnsRecordType.A).Authority.Should().ContainSingle().Which.Name.Should().Be("Cluster.Local");
        }
    }

    [Test]
    public void The_name_server_is_the_service_behind_which_the_server_stands()
    {
        DnsWorld world = Shop(new DnsServerOptions { LocalAddresses = [IpAddress.Parse("10.244.0.2")] });
        world.Dig("cluster.local", DnsRecordType.NS).Should().Be("ns.dns.cluster.local.");
        world.Dig("ns.dns.cluster.local").Should().Be("10.244.0.2");

        world.ClusterIP("kube-system/kube-dns", "10.96.0.10").Slice("kube-system/kube-dns", 1, DnsWorld.Http(53), DnsWorld.Endpoint("10.244.0.2"));

        world.Dig("cluster.local", DnsRecordType.NS).Should().Be("kube-dns.kube-system.svc.cluster.local.");
        world.Dig("CLUSTER.local", DnsRecordType.NS).Should().Be("NODATA", "CoreDNS knows it in lower case only");
    }

    [Test]
    public void Options_change_what_is_served()
    {
        Shop(new DnsServerOptions { Pods = PodRecordMode.Disabled }).Dig("10-244-1-5.default.pod.cluster.local").Should().Be("NXDOMAIN");
        Shop(new DnsServerOptions { IgnoreEmptyService = true }).Dig("web.default.svc.cluster.local").Should().Be("NXDOMAIN");
        Shop(new DnsServerOptions { NoEndpoints = true }).Dig("db.default.svc.cluster.local").Should().Be("NXDOMAIN");
        Shop(new DnsServerOptions { Namespaces = ["shop"] }).Dig("web.default.svc.cluster.local").Should().Be("NXDOMAIN");
        Shop(new DnsServerOptions { Ttl = TimeSpan.FromHours(1) }).Dns.Query("nosuch.cluster.local", DnsRecordType.A).Authority[0].Ttl
            .Should().Be(TimeSpan.FromSeconds(300), "no denial lives longer than five minutes");
    }

    [Test]
    public void A_name_outside_its_zones_goes_upstream()
    {
        _world.Dig("www.example.com").Should().Be("192.0.2.53");
        _world.Dig("no.example.com").Should().Be("NXDOMAIN");
    }

    private static DnsWorld Shop(DnsServerOptions? options = null) =>
        new DnsWorld(options).Namespace("shop")
            .ClusterIP("web", "10.96.0.80")
            .ClusterIP("dual", "10.96.0.81", "fd00:96::81")
            .Headless("db", new ServicePort { Name = "http", Port = 80, Protocol = "TCP" })
            .Slice("db", 1, DnsWorld.Http(8080), DnsWorld.Endpoint("10.244.1.1", "db-0"), DnsWorld.Endpoint("10.244.1.2", "db-1"), DnsWorld.Endpoint("10.244.1.3", "db-2", ready: false))
            .Slice("db", 2, DnsWorld.Http(8080), DnsWorld.Endpoint("10.244.1.4", ready: null))
            .Headless("shop/other").Slice("shop/other", 1, default, DnsWorld.Endpoint("10.244.1.4", "same"))
            .Headless("idle").Slice("idle", 1, DnsWorld.Http(80), DnsWorld.Endpoint("10.244.1.8", ready: false))
            .Headless("portless").Slice("portless", 1, default, DnsWorld.Endpoint("10.244.1.9"))
            .ExternalName("out", "www.example.com")
            .ExternalName("lost", "no.example.com.")
            .ExternalName("inside", "web.default.svc.cluster.local")
            .ExternalName("ring-a", "ring-b.default.svc.cluster.local")
            .ExternalName("ring-b", "ring-a.default.svc.cluster.local")
            .ExternalName("self", "self.default.svc.cluster.local")
            .ExternalName("address", "192.0.2.7");
}
