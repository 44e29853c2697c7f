using KubeSim.Addressing;
using KubeSim.Api;
using KubeSim.Proxy.HealthChecks;

namespace KubeSim.Tests.Proxy.HealthChecks;

[TestFixture]
public sealed class HealthServerTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    [Test]
    public void A_service_with_ready_endpoints_here_is_healthy_in_kube_proxys_own_words()
    {
        ServiceHealthServer server = ServerOf(2);

        HealthAnswer answer = server.Answer(30000, isProxyHealthy: true)!;

        answer.StatusCode.Should().Be(200);
        answer.Headers.ToImmutableArray().Should().Equal(("Content-Type", "application/json"), ("X-Content-Type-Options", "nosniff"), ("X-Load-Balancing-Endpoint-Weight", "2"));
        answer.Body.Should().Be("{\n\t\"service\": {\n\t\t\"namespace\": \"default\",\n\t\t\"name\": \"web\"\n\t},\n\t\"localEndpoints\": 2,\n\t\"serviceProxyHealthy\": true\n}");
    }

    [Test]
    public void Nobody_answers_on_other_ports() => ServerOf(2).Answer(30001, isProxyHealthy: true).Should().BeNull();

    [TestCase(0, true)]
    [TestCase(2, false)]
    public void Without_endpoints_or_with_a_proxy_that_is_late_it_is_not(int endpoints, bool isProxyHealthy) =>
        ServerOf(endpoints).Answer(30000, isProxyHealthy)!.StatusCode.Should().Be(503);

    [Test]
    public void Only_load_balancers_with_policy_local_have_a_health_check_port()
    {
        var service = new Service { Spec = new() { ClusterIP = "10.96.0.1", Type = ServiceType.LoadBalancer, ExternalTrafficPolicy = TrafficPolicy.Local, HealthCheckNodePort = 30000 } };
        ServiceHealthServer.PortOf(service).Should().Be(30000);
        ServiceHealthServer.PortOf(service with { Spec = service.Spec with { ExternalTrafficPolicy = TrafficPolicy.Cluster } }).Should().Be(0);
        ServiceHealthServer.PortOf(service with { Spec = service.Spec with { Type = ServiceType.NodePort } }).Should().Be(0);
        ServiceHealthServer.PortOf(service with { Spec = service.Spec with { ClusterIP = "None" } }).Should().Be(0);
    }

    [Test]
    public void Blocks_of_the_other_family_leave_it_listening_everywhere()
    {
        IpAddress[] node = [IpAddress.Parse("192.168.0.2"), IpAddress.Parse("127.0.0.1"), IpAddress.Parse("fd00::2")];
        ServiceHealthServer.ListenAddresses([Cidr.Parse("192.168.0.0/24")], [.. node], isIPv6: false).ToImmutableArray().Should().Equal(node[0]);
        ServiceHealthServer.ListenAddresses([Cidr.Parse("192.168.0.0/24")], [.. node], isIPv6: true).ToImmutableArray().Should().Equal(IpAddress.Parse("::"));
        ServiceHealthServer.ListenAddresses([Cidr.Parse("192.168.0.0/24"), Cidr.Parse("0.0.0.0/0")], [.. node], isIPv6: false).ToImmutableArray().Should().Equal(IpAddress.Parse("0.0.0.0"));
    }

    [Test]
    public void The_proxy_is_healthy_until_its_oldest_change_is_too_old()
    {
        var server = new ProxyHealthServer(TimeSpan.FromSeconds(60));
        server.SyncNode(new Node());
        server.Updated(IPFamily.IPv4, Start);
        server.Queued(IPFamily.IPv4, Start.AddSeconds(10));
        server.Queued(IPFamily.IPv4, Start.AddSeconds(50));

        server.Healthz(Start.AddSeconds(69)).StatusCode.Should().Be(200);
        HealthAnswer late = server.Healthz(Start.AddSeconds(70));

        late.StatusCode.Should().Be(503);
        late.Body.Should().Be(
            """{"lastUpdated":"2026-01-02T03:04:05Z","currentTime":"2026-01-02T03:05:15Z","nodeEligible":true,"healthy":false,"status":{"IPv4":{"lastUpdated":"2026-01-02T03:04:05Z","healthy":false}}}""");
    }

    [Test]
    public void A_node_about_to_go_is_alive_but_wants_no_connections()
    {
        var server = new ProxyHealthServer(TimeSpan.FromSeconds(60));
        server.Healthz(Start).StatusCode.Should().Be(503, "the Node is not known");
        server.SyncNode(new Node { Metadata = new() { DeletionTimestamp = Start } });

        server.Healthz(Start).StatusCode.Should().Be(503);
        server.Livez(Start).Should().BeEquivalentTo(new { StatusCode = 200, Body = """{"lastUpdated":"2026-01-02T03:04:05Z","currentTime":"2026-01-02T03:04:05Z","healthy":true}""" });
    }

    private static ServiceHealthServer ServerOf(int endpoints)
    {
        var server = new ServiceHealthServer([IpAddress.Any]);
        server.SyncServices(new Dictionary<NamespacedName, ushort> { ["default/web"] = 30000 });
        server.SyncEndpoints(new Dictionary<NamespacedName, int> { ["default/web"] = endpoints });
        return server;
    }
}
