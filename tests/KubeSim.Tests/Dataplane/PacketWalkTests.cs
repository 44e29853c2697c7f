using KubeSim.Addressing;
using KubeSim.Dataplane;
using KubeSim.LoadBalancing;
using KubeSim.Tracing;

namespace KubeSim.Tests.Dataplane;

[TestFixture]
public sealed class PacketWalkTests
{
    private const string Service = Lab.ClusterIP + ":80";

    [Test]
    public void A_connection_to_a_ClusterIP_reaches_a_backend_on_its_target_port_and_keeps_the_source()
    {
        var lab = new Lab();
        PodAttachment web = lab.Pod("web-0", "2.7");
        PodAttachment client = lab.Pod("client", "1.5");
        lab.Install(Lab.Rule(Lab.Name(), 8080, web));

        Verdict verdict = lab.Open(client.Sender, Service);

        verdict.Outcome.Should().Be(ConnectionOutcome.Established);
        verdict.Server.Should().BeSameAs(web);
        verdict.Endpoint.Should().Be(Lab.At("10.244.2.7:8080"));
        verdict.SourceSeenByServer.Should().Be(Lab.At("10.244.1.5:32768"));
        verdict.Flow.Destination.Should().Be(Lab.At(Service));
    }

    [Test]
    public void Every_backend_gets_about_its_share()
    {
        var lab = new Lab();
        PodAttachment[] pods = [lab.Pod("web-0", "2.7"), lab.Pod("web-1", "2.8"), lab.Pod("web-2", "1.9")];
        PodAttachment client = lab.Pod("client", "1.5");
        lab.Install(Lab.Rule(Lab.Name(), 8080, pods));

        var counts = pods.ToDictionary(pod => pod, _ => 0);
        for (int i = 0; i < 3_000; i++)
        {
            counts[lab.Open(client.Sender, Service).Server!]++;
        }

        counts.Values.Should().OnlyContain(count => count > 900 && count < 1_100);
    }

    [Test]
    public void A_service_without_endpoints_refuses_whatever_its_policies()
    {
        var lab = new Lab();
        PodAttachment client = lab.Pod("client", "1.5");
        lab.Install(Lab.Rule(Lab.Name(), 8080) with { InternalLocal = true, WhyEmpty = "its selector app=web matches no Pod (spec.selector)" });

        Verdict verdict = lab.Open(client.Sender, Service);

        verdict.Outcome.Should().Be(ConnectionOutcome.Refused);
        verdict.Handle.Should().Be(default(ConnectionHandle));
        Reason reason = lab.Network.Explain(client.Sender, verdict)!;
        reason.Code.Should().Be(ReasonCode.NoEndpoints);
        reason.Message.Should().Be("Service default/web has no endpoints: its selector app=web matches no Pod (spec.selector)");
        reason.Object.Should().Be("service/default/web");
    }

    [Test]
    public void Internal_policy_Local_uses_the_nodes_own_backends_and_drops_where_there_are_none()
    {
        var lab = new Lab(3);
        PodAttachment one = lab.Pod("web-0", "1.7");
        PodAttachment two = lab.Pod("web-1", "2.7");
        lab.Install(Lab.Rule(Lab.Name(), 8080, one, two) with { InternalLocal = true });

        for (int i = 0; i < 20; i++)
        {
            lab.Open(lab.Node(1).Sender, Service).Server.Should().BeSameAs(one);
            lab.Open(lab.Node(2).Sender, Service).Server.Should().BeSameAs(two);
        }

        PodAttachment client = lab.Pod("client", "3.5");
        Verdict dropped = lab.Open(client.Sender, Service);
        dropped.Outcome.Should().Be(ConnectionOutcome.TimedOut);
        dropped.RoundTripTime.Should().Be(TimeSpan.FromSeconds(127));
        lab.Network.Explain(client.Sender, dropped)!.Message.Should()
            .Be("Service default/web has no endpoint on node-3, and its internalTrafficPolicy is Local (spec.internalTrafficPolicy)");
    }

    [Test]
    public void A_pod_that_is_its_own_backend_sees_its_node_as_source()
    {
        var lab = new Lab();
        PodAttachment web = lab.Pod("web-0", "1.7");
        lab.Install(Lab.Rule(Lab.Name(), 8080, web));

        Verdict verdict = lab.Open(web.Sender, Service);

        verdict.IsEstablished.Should().BeTrue();
        verdict.Server.Should().BeSameAs(web);
        verdict.SourceSeenByServer.Address.Should().Be(Lab.Ip("192.168.0.1"));
    }

    [Test]
    public void External_traffic_policy_Local_keeps_the_client_address_and_drops_at_nodes_without_endpoints()
    {
        var lab = new Lab();
        PodAttachment web = lab.Pod("web-0", "1.7");
        NetworkHost user = lab.Network.AddHost("user", Lab.Ip("203.0.113.7"));
        lab.Install(Lab.Rule(Lab.Name(), 8080, web) with { NodePort = 30080, ExternalLocal = true });

        Verdict hit = lab.Open(user.Sender, "192.168.0.1:30080");
        Verdict miss = lab.Open(user.Sender, "192.168.0.2:30080");

        hit.SourceSeenByServer.Address.Should().Be(user.Address);
        miss.Outcome.Should().Be(ConnectionOutcome.TimedOut);
        lab.Network.Explain(user.Sender, miss)!.Message.Should().Contain("no endpoint on node-2").And.Contain("(spec.externalTrafficPolicy)");
    }

    [Test]
    public void Any_node_answers_on_a_node_port_and_masquerades()
    {
        var lab = new Lab();
        PodAttachment web = lab.Pod("web-0", "1.7");
        NetworkHost user = lab.Network.AddHost("user", Lab.Ip("203.0.113.7"));
        lab.Install(Lab.Rule(Lab.Name(), 8080, web) with { NodePort = 30080 });

        lab.Open(user.Sender, "192.168.0.1:30080").SourceSeenByServer.Address.Should().Be(Lab.Ip("192.168.0.1"));
        Verdict verdict = lab.Open(user.Sender, "192.168.0.2:30080");

        verdict.Server.Should().BeSameAs(web);
        verdict.SourceSeenByServer.Address.Should().Be(Lab.Ip("192.168.0.2"));
    }

    [Test]
    public void From_inside_a_local_policy_is_short_circuited_pods_keep_their_address_nodes_are_masqueraded()
    {
        var lab = new Lab();
        PodAttachment web = lab.Pod("web-0", "1.7");
        PodAttachment client = lab.Pod("client", "2.5");
        lab.Install(Lab.Rule(Lab.Name(), 8080, web) with { LoadBalancerIPs = [Lab.Ip("198.51.100.1")], ExternalLocal = true });

        Verdict fromPod = lab.Open(client.Sender, "198.51.100.1:80");
        Verdict fromNode = lab.Open(lab.Node(2).Sender, "198.51.100.1:80");

        fromPod.SourceSeenByServer.Address.Should().Be(client.Addresses[0]);
        fromNode.Server.Should().BeSameAs(web);
        fromNode.SourceSeenByServer.Address.Should().Be(Lab.Ip("192.168.0.2"));
    }

    [Test]
    public void Source_ranges_hold_for_the_load_balancer_address_and_not_for_the_node_port()
    {
        var lab = new Lab();
        PodAttachment web = lab.Pod("web-0", "1.7");
        NetworkHost friend = lab.Network.AddHost("friend", Lab.Ip("203.0.113.7"));
        NetworkHost stranger = lab.Network.AddHost("stranger", Lab.Ip("198.51.100.99"));
        PodAttachment pod = lab.Pod("client", "2.5");
        lab.Install(Lab.Rule(Lab.Name(), 8080, web) with { NodePort = 30080, LoadBalancerIPs = [Lab.Ip("198.51.100.1")], SourceRanges = [Cidr.Parse("203.0.113.0/24")] });
        lab.Network.InstallLoadBalancers(LoadBalancerTable.Empty.With(new(Lab.At("198.51.100.1:80"), TransportProtocol.Tcp, ["node-1", "node-2"], "default/web")));

        lab.Open(friend.Sender, "198.51.100.1:80").IsEstablished.Should().BeTrue();
        Verdict refused = lab.Open(stranger.Sender, "198.51.100.1:80");
        refused.Outcome.Should().Be(ConnectionOutcome.TimedOut);
        lab.Network.Explain(stranger.Sender, refused)!.Message.Should().Be(
            "Service default/web accepts load-balancer traffic only from 203.0.113.0/24, and the source is 198.51.100.99 (spec.loadBalancerSourceRanges)");
        lab.Open(pod.Sender, "198.51.100.1:80").Reason.Should().Be(ReasonCode.SourceNotAllowed);
        lab.Open(stranger.Sender, "192.168.0.2:30080").IsEstablished.Should().BeTrue();
    }

    [TestCase("10.96.41.7:81", ConnectionOutcome.TimedOut, "NoSuchServicePort")]
    [TestCase("10.96.200.1:80", ConnectionOutcome.TimedOut, "NoSuchClusterIP")]
    [TestCase("10.244.2.99:80", ConnectionOutcome.TimedOut, "PodNotFound")]
    [TestCase("10.244.2.7:81", ConnectionOutcome.Refused, "NoListener")]
    [TestCase("192.168.0.2:30081", ConnectionOutcome.Refused, "NoSuchNodePort")]
    [TestCase("192.168.0.2:22", ConnectionOutcome.Refused, "NoListener")]
    [TestCase("203.0.113.200:80", ConnectionOutcome.NoRoute, "NoRouteToHost")]
    [TestCase("198.51.100.1:81", ConnectionOutcome.TimedOut, "NoSuchLoadBalancer")]
    [TestCase("[fd00::1]:80", ConnectionOutcome.NoRoute, "NoSourceAddress")]
    public void What_does_not_arrive_says_why(string destination, ConnectionOutcome outcome, string reason)
    {
        var lab = new Lab();
        PodAttachment web = lab.Pod("web-0", "2.7", new ListeningPort(TransportProtocol.Tcp, 8080));
        PodAttachment client = lab.Pod("client", "1.5");
        lab.Install(Lab.Rule(Lab.Name(), 8080, web));
        lab.Network.InstallLoadBalancers(LoadBalancerTable.Empty.With(new(Lab.At("198.51.100.1:80"), TransportProtocol.Tcp, [], "default/web")));

        Verdict verdict = lab.Open(client.Sender, destination);

        verdict.Outcome.Should().Be(outcome);
        verdict.Reason.ToString().Should().Be(reason);
        lab.Network.Explain(client.Sender, verdict)!.Message.Should().NotBeEmpty();
        lab.Node(1).Conntrack.Count.Should().Be(0);
    }

    [TestCase(Service, "NotReachableFromOutside")]
    [TestCase("10.244.2.7:8080", "NotReachableFromOutside")]
    [TestCase("203.0.113.200:80", "NoRouteToHost")]
    public void From_outside_there_is_no_way_to_what_is_inside(string destination, string reason)
    {
        var lab = new Lab();
        PodAttachment web = lab.Pod("web-0", "2.7");
        NetworkHost user = lab.Network.AddHost("user", Lab.Ip("203.0.113.7"));
        lab.Install(Lab.Rule(Lab.Name(), 8080, web));

        Verdict verdict = lab.Open(user.Sender, destination);

        verdict.Outcome.Should().Be(ConnectionOutcome.NoRoute);
        verdict.Reason.ToString().Should().Be(reason);
    }

    [Test]
    public void A_load_balancer_without_nodes_loses_the_packet()
    {
        var lab = new Lab();
        NetworkHost user = lab.Network.AddHost("user", Lab.Ip("203.0.113.7"));
        lab.Network.InstallLoadBalancers(LoadBalancerTable.Empty.With(new(Lab.At("198.51.100.1:80"), TransportProtocol.Tcp, [], "default/web")));

        Verdict verdict = lab.Open(user.Sender, "198.51.100.1:80");

        verdict.Outcome.Should().Be(ConnectionOutcome.TimedOut);
        lab.Network.Explain(user.Sender, verdict)!.Message.Should().Be("the load balancer of Service default/web at 198.51.100.1:80 has no node to send to");
    }

    [Test]
    public void A_load_balancer_in_proxy_mode_sends_to_the_node_port()
    {
        var lab = new Lab();
        PodAttachment web = lab.Pod("web-0", "1.7");
        NetworkHost user = lab.Network.AddHost("user", Lab.Ip("203.0.113.7"));
        lab.Install(Lab.Rule(Lab.Name(), 8080, web) with { NodePort = 30080 });
        lab.Network.InstallLoadBalancers(LoadBalancerTable.Empty.With(new(Lab.At("198.51.100.1:80"), TransportProtocol.Tcp, ["node-2"], "default/web", 30080)));

        lab.Open(user.Sender, "198.51.100.1:80").Server.Should().BeSameAs(web);
        lab.Open(lab.Node(1).Sender, "198.51.100.1:80").Server.Should().BeSameAs(web);
    }

    [Test]
    public void What_is_down_does_not_answer()
    {
        var lab = new Lab();
        PodAttachment web = lab.Pod("web-0", "2.7");
        PodAttachment client = lab.Pod("client", "1.5");
        lab.Install(Lab.Rule(Lab.Name(), 8080, web));
        lab.Node(2).IsUp = false;

        Verdict verdict = lab.Open(client.Sender, Service);

        verdict.Outcome.Should().Be(ConnectionOutcome.TimedOut);
        lab.Network.Explain(client.Sender, verdict)!.Message.Should().Be("node node-2 is down");
        lab.Open(web.Sender, "10.244.1.5:80").Reason.Should().Be(ReasonCode.NodeDown);
    }

    [Test]
    public void A_pod_on_the_host_network_answers_on_the_nodes_address()
    {
        var lab = new Lab();
        PodAttachment server = lab.Network.Attach(lab.Node(2), "kube-system/agent", [], true, [new(TransportProtocol.Tcp, 9100)], false);
        PodAttachment client = lab.Pod("client", "1.5");
        lab.Install(Lab.Rule(Lab.Name(), 9100, server));

        lab.Open(client.Sender, "192.168.0.2:9100").Server.Should().BeSameAs(server);
        lab.Open(client.Sender, Service).Server.Should().BeSameAs(server);
        lab.Open(server.Sender, Service).SourceSeenByServer.Address.Should().Be(Lab.Ip("192.168.0.2"));
    }

    [Test]
    public void A_pods_loopback_stays_in_the_pod()
    {
        var lab = new Lab();
        PodAttachment web = lab.Pod("web-0", "1.7", new ListeningPort(TransportProtocol.Tcp, 8080));

        lab.Open(web.Sender, "127.0.0.1:8080").Server.Should().BeSameAs(web);
        lab.Open(web.Sender, "127.0.0.1:8081").Outcome.Should().Be(ConnectionOutcome.Refused);
        lab.Node(1).Conntrack.Count.Should().Be(0);
    }

    [Test]
    public void A_node_port_answers_on_the_nodes_loopback_in_IPv4_only_where_it_is_on()
    {
        var on = new Lab();
        on.Install(Lab.Rule(Lab.Name(), 8080, on.Pod("web-0", "1.7")) with { NodePort = 30080 });
        Verdict verdict = on.Open(on.Node(1).Sender, "127.0.0.1:30080");
        verdict.IsEstablished.Should().BeTrue();
        verdict.SourceSeenByServer.Address.Should().Be(Lab.Ip("192.168.0.1"));

        var off = new Lab(settings: new ProxySettings { LocalhostNodePorts = false });
        off.Install(Lab.Rule(Lab.Name(), 8080, off.Pod("web-0", "1.7")) with { NodePort = 30080 });
        off.Open(off.Node(1).Sender, "127.0.0.1:30080").Outcome.Should().Be(ConnectionOutcome.Refused);
    }

    [Test]
    public void An_external_IP_is_captured_where_the_packet_starts()
    {
        var lab = new Lab();
        PodAttachment web = lab.Pod("web-0", "2.7");
        lab.Install(Lab.Rule(Lab.Name(), 8080, web) with { ExternalIPs = [Lab.Ip("203.0.113.80")] });

        Verdict verdict = lab.Open(lab.Pod("client", "1.5").Sender, "203.0.113.80:80");

        verdict.Server.Should().BeSameAs(web);
        verdict.SourceSeenByServer.Address.Should().Be(Lab.Ip("192.168.0.1"), "external traffic is masqueraded, also a Pod's");
    }

    [Test]
    public void Zone_and_node_sets_come_before_everybodys()
    {
        var lab = new Lab(3);
        PodAttachment a = lab.Pod("a", "1.7");
        PodAttachment b = lab.Pod("b", "2.7");
        ServiceRule rule = Lab.Rule(Lab.Name(), 8080, a, b);
        lab.Install(rule with
        {
            Cluster = rule.Cluster.WithZone("a", BackendSet.Of(rule.Cluster.Everybody[0])).WithNode("node-3", BackendSet.Of(rule.Cluster.Everybody[1])),
        });

        for (int i = 0; i < 10; i++)
        {
            lab.Open(lab.Node(1).Sender, Service).Server.Should().BeSameAs(a, "node-1 is in zone a");
            lab.Open(lab.Node(3).Sender, Service).Server.Should().BeSameAs(b, "node-3 has a set of its own");
        }

        Enumerable.Range(0, 20).Select(_ => lab.Open(lab.Node(2).Sender, Service).Server).Distinct().Should().HaveCount(2);
    }

    [Test]
    public void Latency_counts_for_the_way_there_and_back()
    {
        var lab = new Lab();
        PodAttachment web = lab.Pod("web-0", "2.7");
        lab.Install(Lab.Rule(Lab.Name(), 8080, web));
        lab.Network.SetLatency(lab.Node(2), lab.Node(1), TimeSpan.FromMilliseconds(1.5));

        lab.Open(lab.Pod("client", "1.5").Sender, Service).RoundTripTime.Should().Be(TimeSpan.FromMilliseconds(3));
        lab.Open(lab.Node(2).Sender, Service).RoundTripTime.Should().Be(TimeSpan.Zero);
    }

    [Test]
    public void Two_services_that_claim_one_address_do_not_depend_on_who_came_first()
    {
        foreach (bool reversed in (bool[])[false, true])
        {
            var lab = new Lab();
            PodAttachment first = lab.Pod("a-0", "1.7");
            ServiceRule a = Lab.Rule(Lab.Name("a"), 8080, first) with { ExternalIPs = [Lab.Ip("203.0.113.80")] };
            ServiceRule b = Lab.Rule(Lab.Name("b"), 8080, lab.Pod("b-0", "1.8")) with { ClusterIP = Lab.Ip("10.96.0.9"), ExternalIPs = [Lab.Ip("203.0.113.80")] };
            lab.Install(reversed ? lab.Table.With(b).With(a) : lab.Table.With(a).With(b));

            lab.Open(lab.Node(1).Sender, "203.0.113.80:80").Server.Should().BeSameAs(first);
            lab.Install(lab.Table.Without(a.Name));
            lab.Open(lab.Node(1).Sender, "203.0.113.80:80").Server!.PodName.Should().Be("default/b-0");
        }
    }
}
