using KubeSim.Addressing;
using KubeSim.Dataplane;
using KubeSim.Proxy.Rendering.Ipvs;
using KubeSim.Tests.Dataplane;

namespace KubeSim.Tests.Proxy.Rendering.Ipvs;

[TestFixture]
public sealed class IpvsTextTests
{
    private const string Title =
        "IP Virtual Server version 1.2.1 (size=4096)\nProt LocalAddress:Port Scheduler Flags\n  -> RemoteAddress:Port           Forward Weight ActiveConn InActConn\n";

    private Lab _lab = null!;
    private PodAttachment[] _pods = null!;

    [SetUp]
    public void SetUp()
    {
        _lab = new Lab(settings: new ProxySettings { Mode = ProxyMode.Ipvs, ClusterCidrs = [Cidr.Parse("10.244.0.0/16")] });
        _pods = [_lab.Pod("a", "1.5"), _lab.Pod("b", "2.5")];
    }

    [Test]
    public void Every_address_of_a_service_is_a_virtual_server()
    {
        _lab.Install(Lab.Rule(Lab.Name(), 8080, _pods) with
        {
            NodePort = 30080,
            ExternalIPs = [Lab.Ip("203.0.113.80")],
            LoadBalancerIPs = [Lab.Ip("198.51.100.1")],
            AffinityTimeout = TimeSpan.FromHours(3),
        });
        _lab.Install(Lab.Rule(Lab.Name("dns", "dns", TransportProtocol.Udp), 53) with { Port = 53 });

        Text().Should().StartWith(Title);
        Text().Split('\n').Where(line => line.Contains(" rr", StringComparison.Ordinal)).Should().Equal(
            "TCP  10.96.41.7:80 rr persistent 10800",
            "TCP  192.168.0.1:30080 rr persistent 10800",
            "TCP  198.51.100.1:80 rr persistent 10800",
            "TCP  203.0.113.80:80 rr persistent 10800",
            "UDP  10.96.41.7:53 rr");
    }

    [Test]
    public void Connections_are_counted_where_they_lead()
    {
        _lab.Install(Lab.Rule(Lab.Name(), 8080, _pods));
        Verdict open = _lab.Open(_pods[0].Sender, Lab.ClusterIP + ":80");

        Text().Should().Contain($"  -> {open.Endpoint}              Masq    1      1          0         \n");

        _lab.Network.Close(open.Handle);
        Text().Should().Contain($"  -> {open.Endpoint}              Masq    1      0          0         \n");
    }

    [Test]
    public void What_UDP_has_is_never_active()
    {
        _lab.Install(Lab.Rule(Lab.Name(protocol: TransportProtocol.Udp), 53, _pods[1]));
        _lab.Open(_pods[0].Sender, Lab.ClusterIP + ":80", TransportProtocol.Udp);

        Text().Should().EndWith("UDP  10.96.41.7:80 rr\n  -> 10.244.2.5:53                Masq    1      0          1         \n");
    }

    [Test]
    public void An_endpoint_that_is_gone_keeps_its_connections_with_weight_0()
    {
        _lab.Install(Lab.Rule(Lab.Name(), 8080, _pods[1]));
        _lab.Open(_pods[0].Sender, Lab.ClusterIP + ":80");
        _lab.Install(Lab.Rule(Lab.Name(), 8080, _pods[0]));

        Text().Should().Be(Title
            + "TCP  10.96.41.7:80 rr\n"
            + "  -> 10.244.1.5:8080              Masq    1      0          0         \n"
            + "  -> 10.244.2.5:8080              Masq    0      1          0         \n");
    }

    [Test]
    public void A_policy_that_leaves_no_endpoint_is_not_followed()
    {
        _lab.Install(Lab.Rule(Lab.Name(), 8080, _pods[1]) with { InternalLocal = true });

        Text().Should().Contain("  -> 10.244.2.5:8080 ");
    }

    [Test]
    public void A_service_without_endpoints_has_no_real_servers()
    {
        _lab.Install(Lab.Rule(Lab.Name(), 8080));

        Text().Should().Be(Title + "TCP  10.96.41.7:80 rr\n");
    }

    private string Text() => IpvsText.Of(_lab.Node(1), _lab.Network.Now);
}
