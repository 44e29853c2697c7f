using KubeSim.Addressing;
using KubeSim.Dataplane;
using KubeSim.Tracing;

namespace KubeSim.Tests.Dataplane;

[TestFixture]
public sealed class TraceTextTests
{
    [Test]
    public void A_trace_tells_the_way_of_a_packet_hop_by_hop()
    {
        var lab = new Lab();
        PodAttachment student = lab.Pod("student", "1.5");
        lab.Install(Lab.Rule(Lab.Name(), 8080, lab.Pod("web-7d9f-x2x", "2.7")));
        var recorder = new TraceRecorder();
        recorder.Add("node-1", new Step.Dns("web", "web.default.svc.cluster.local = 10.96.41.7", "answered by kube-dns, ttl 30 s"));

        Trace trace = lab.Network.Trace(student.Sender, "web:80", Lab.At("10.96.41.7:80"), TransportProtocol.Tcp, recorder);

        trace.ToString().Should().Be(
            """
            student (10.244.1.5, node-1) → web:80/TCP
              node-1  dns      web → web.default.svc.cluster.local = 10.96.41.7             answered by kube-dns, ttl 30 s
              node-1  service  10.96.41.7:80 is ClusterIP of default/web (http)             1 of 1 endpoints usable, policy Cluster
              node-1  balance  random                                                       10.244.2.7:8080, 1 in 1
              node-1  dnat     10.96.41.7:80 → 10.244.2.7:8080
              node-1  forward  to node-2
              node-2  deliver  pod default/web-7d9f-x2x (10.244.2.7:8080)                   server sees 10.244.1.5:32768
            established, round trip 0 ms (no latency configured)
            """);
    }

    [Test]
    public void A_trace_from_outside_shows_the_load_balancer_and_the_masquerade()
    {
        var lab = new Lab();
        lab.Install(Lab.Rule(Lab.Name(), 8080, lab.Pod("web-0", "2.7")) with { LoadBalancerIPs = [Lab.Ip("198.51.100.1")] });
        lab.Network.InstallLoadBalancers(LoadBalancerTable.Empty.With(new(Lab.At("198.51.100.1:80"), TransportProtocol.Tcp, ["node-1"], "default/web")));
        lab.Network.SetLatency(lab.Node(1), lab.Node(2), TimeSpan.FromMilliseconds(0.25));
        NetworkHost user = lab.Network.AddHost("user", Lab.Ip("203.0.113.10"));

        Trace trace = lab.Trace(user.Sender, "198.51.100.1:80");
        Verdict verdict = lab.Open(user.Sender, "198.51.100.1:80");

        trace.ToString().Should().Be(
            $"""
            user (203.0.113.10) → 198.51.100.1:80/TCP
              user           forward  to load balancer
              load balancer  balance  198.51.100.1:80 to node-1                                    1 in 1 nodes, by flow hash
              node-1         service  198.51.100.1:80 is load-balancer IP of default/web (http)    1 of 1 endpoints usable, policy Cluster
              node-1         balance  random                                                       10.244.2.7:8080, 1 in 1
              node-1         dnat     198.51.100.1:80 → 10.244.2.7:8080
              node-1         snat     203.0.113.10:32768 → {verdict.SourceSeenByServer}                       externalTrafficPolicy Cluster
              node-1         forward  to node-2
              node-2         deliver  pod default/web-0 (10.244.2.7:8080)                          server sees {verdict.SourceSeenByServer}
            established, round trip 0.5 ms
            """);
    }

    [Test]
    public void A_trace_of_what_is_lost_ends_with_the_reason()
    {
        var lab = new Lab();
        PodAttachment student = lab.Pod("student", "1.5");
        lab.Install(Lab.Rule(Lab.Name(), 8080) with { EndpointCount = 3, WhyEmpty = "selector app=web matches 3 Pods, none ready" });

        lab.Trace(student.Sender, "10.96.41.7:80").ToString().Should().Be(
            """
            student (10.244.1.5, node-1) → 10.96.41.7:80/TCP
              node-1  service  10.96.41.7:80 is ClusterIP of default/web (http)             0 of 3 endpoints usable, policy Cluster
              node-1  reject   no endpoints, answered with ICMP port unreachable
            refused: Service default/web has no endpoints: selector app=web matches 3 Pods, none ready
            """);
        lab.Trace(student.Sender, "10.244.2.9:80").ToString().Should().EndWith("timed out after 127 s: no Pod has the address 10.244.2.9");
    }

    [Test]
    public void Tracing_changes_nothing()
    {
        var traced = new Lab();
        var untouched = new Lab();
        foreach (Lab lab in (Lab[])[traced, untouched])
        {
            lab.Install(Lab.Rule(Lab.Name(), 8080, lab.Pod("web-0", "2.7"), lab.Pod("web-1", "2.8"), lab.Pod("web-2", "1.8")) with { AffinityTimeout = TimeSpan.FromHours(3), NodePort = 30080 });
            lab.Network.AddHost("user", Lab.Ip("203.0.113.10"));
        }

        for (int i = 0; i < 50; i++)
        {
            traced.Trace(traced.Node(1).Sender, "10.96.41.7:80");
            traced.Trace(traced.Network.HostAt(Lab.Ip("203.0.113.10"))!.Sender, "192.168.0.1:30080");
        }

        traced.Log.Count.Should().Be(0);
        traced.Node(1).Conntrack.Count.Should().Be(0);
        for (int i = 0; i < 50; i++)
        {
            Verdict[] verdicts = [.. ((Lab[])[traced, untouched]).Select(lab => lab.Open(lab.Network.HostAt(Lab.Ip("203.0.113.10"))!.Sender, "192.168.0.1:30080"))];
            verdicts[0].Translated.Should().Be(verdicts[1].Translated);
            traced.Advance(4 * 3_600);
            untouched.Advance(4 * 3_600);
        }

        traced.Log.Fingerprint().Should().Be(untouched.Log.Fingerprint());
    }

    [Test]
    public void What_a_trace_foretells_happens_next()
    {
        var lab = new Lab(policy: KubeSim.LoadBalancing.LoadBalancerPolicy.RoundRobin);
        lab.Install(Lab.Rule(Lab.Name(), 8080, lab.Pod("web-0", "2.7"), lab.Pod("web-1", "2.8"), lab.Pod("web-2", "1.8")));
        for (int i = 0; i < 9; i++)
        {
            Trace trace = lab.Trace(lab.Node(1).Sender, "10.96.41.7:80");
            Verdict verdict = lab.Open(lab.Node(1).Sender, "10.96.41.7:80");
            trace.Find<Step.Balance>()!.Endpoint.Should().Be(verdict.Endpoint);
            trace.Find<Step.Deliver>()!.SourceSeen.Should().Be(verdict.SourceSeenByServer);
        }
    }
}
