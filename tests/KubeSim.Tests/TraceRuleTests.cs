using System.Text.RegularExpressions;
using KubeSim.Dataplane;
using KubeSim.Proxy.Ipvs;
using KubeSim.Tracing;

namespace KubeSim.Tests;

/// <summary>Each step names the rules that decided it, as the node's own tools would show them.</summary>
[TestFixture]
public sealed class TraceRuleTests
{
    private const string Manifest = """
        apiVersion: v1
        kind: Service
        metadata: { name: web }
        spec: { type: NodePort, clusterIP: 10.96.7.1, selector: { app: web }, externalIPs: [ 198.51.100.200 ], ports: [ { port: 80, targetPort: 8080, nodePort: 30080 } ] }
        ---
        apiVersion: v1
        kind: Service
        metadata: { name: far }
        spec: { type: NodePort, clusterIP: 10.96.7.2, selector: { app: far }, externalTrafficPolicy: Local, ports: [ { port: 80, targetPort: 8080, nodePort: 30081 } ] }
        ---
        apiVersion: v1
        kind: Service
        metadata: { name: near }
        spec: { clusterIP: 10.96.7.3, selector: { app: far }, internalTrafficPolicy: Local, ports: [ { port: 80, targetPort: 8080 } ] }
        ---
        apiVersion: v1
        kind: Service
        metadata: { name: lb }
        spec: { type: LoadBalancer, clusterIP: 10.96.7.4, selector: { app: web }, loadBalancerSourceRanges: [ 203.0.113.0/24 ], ports: [ { port: 80, targetPort: 8080, nodePort: 30082 } ] }
        ---
        apiVersion: v1
        kind: Service
        metadata: { name: sticky }
        spec: { clusterIP: 10.96.7.5, selector: { app: web }, sessionAffinity: ClientIP, ports: [ { port: 80, targetPort: 8080 } ] }
        ---
        apiVersion: v1
        kind: Service
        metadata: { name: empty }
        spec: { type: NodePort, clusterIP: 10.96.7.6, selector: { app: nobody }, ports: [ { port: 80, nodePort: 30083 } ] }
        ---
        apiVersion: v1
        kind: Service
        metadata: { name: self }
        spec: { clusterIP: 10.96.7.7, selector: { app: client }, ports: [ { port: 80, targetPort: 8080 } ] }
        """;

    private const string FromPod = "client";
    private const string FromNode = "node-1";
    private const string Allowed = "203.0.113.10";
    private const string Stranger = "198.18.0.9";

    private static readonly string[] Sources = [FromPod, FromNode, Allowed, Stranger];

    private static readonly string[] Targets =
    [
        "10.96.7.1:80", "10.96.7.2:80", "10.96.7.3:80", "10.96.7.4:80", "10.96.7.5:80", "10.96.7.6:80", "10.96.7.7:80", "10.96.7.1:81", "10.96.99.99:80",
        "192.168.0.1:30080", "192.168.0.1:30081", "192.168.0.2:30081", "192.168.0.1:30082", "192.168.0.1:30083", "198.51.100.1:80", "198.51.100.200:80",
    ];

    [TestCase(ProxyMode.IPTables, FromPod, "10.96.7.1:80", "service KUBE-SERVICES", "balance KUBE-SVC-*", "dnat KUBE-SEP-*")]
    [TestCase(ProxyMode.IPTables, FromNode, "10.96.7.1:80", "service KUBE-SERVICES", "balance KUBE-SVC-*", "dnat KUBE-SEP-*", "snat KUBE-SVC-* > KUBE-MARK-MASQ > KUBE-POSTROUTING")]
    [TestCase(ProxyMode.IPTables, Allowed, "192.168.0.1:30080", "service KUBE-SERVICES > KUBE-NODEPORTS > KUBE-EXT-*", "balance KUBE-SVC-*", "dnat KUBE-SEP-*", "snat KUBE-EXT-* > KUBE-MARK-MASQ > KUBE-POSTROUTING")]
    [TestCase(ProxyMode.IPTables, Allowed, "198.51.100.1:80", "service KUBE-SERVICES > KUBE-FW-* > KUBE-EXT-*", "balance KUBE-SVC-*", "dnat KUBE-SEP-*", "snat KUBE-EXT-* > KUBE-MARK-MASQ > KUBE-POSTROUTING")]
    [TestCase(ProxyMode.IPTables, Stranger, "198.51.100.1:80", "service KUBE-SERVICES", "drop KUBE-PROXY-FIREWALL")]
    [TestCase(ProxyMode.IPTables, FromPod, "192.168.0.1:30081", "service KUBE-SERVICES > KUBE-NODEPORTS > KUBE-EXT-*", "balance KUBE-SVC-*", "dnat KUBE-SEP-*")]
    [TestCase(ProxyMode.IPTables, FromNode, "192.168.0.1:30081", "service KUBE-SERVICES > KUBE-NODEPORTS > KUBE-EXT-*", "balance KUBE-SVC-*", "dnat KUBE-SEP-*", "snat KUBE-EXT-* > KUBE-MARK-MASQ > KUBE-POSTROUTING")]
    [TestCase(ProxyMode.IPTables, Allowed, "192.168.0.1:30081", "service KUBE-SERVICES > KUBE-NODEPORTS", "drop KUBE-EXTERNAL-SERVICES")]
    [TestCase(ProxyMode.IPTables, Allowed, "192.168.0.2:30081", "service KUBE-SERVICES > KUBE-NODEPORTS > KUBE-EXT-*", "balance KUBE-SVL-*", "dnat KUBE-SEP-*")]
    [TestCase(ProxyMode.IPTables, FromPod, "10.96.7.3:80", "service ", "drop KUBE-SERVICES")]
    [TestCase(ProxyMode.IPTables, FromPod, "10.96.7.6:80", "service ", "reject KUBE-SERVICES")]
    [TestCase(ProxyMode.IPTables, FromPod, "10.96.7.7:80", "service KUBE-SERVICES", "balance KUBE-SVC-*", "dnat KUBE-SEP-*", "snat KUBE-SEP-* > KUBE-MARK-MASQ > KUBE-POSTROUTING")]
    [TestCase(ProxyMode.Nftables, FromPod, "10.96.7.1:80", "service services > service-ips", "balance service-*/web/tcp/", "dnat service-*/web/tcp/")]
    [TestCase(ProxyMode.Nftables, FromNode, "10.96.7.1:80", "service services > service-ips", "balance service-*/web/tcp/", "dnat service-*/web/tcp/", "snat services > masquerading")]
    [TestCase(ProxyMode.Nftables, Allowed, "192.168.0.1:30080", "service services > service-nodeports > external-*/web/tcp/", "balance service-*/web/tcp/", "dnat service-*/web/tcp/", "snat external-*/web/tcp/ > masquerading")]
    [TestCase(ProxyMode.Nftables, Stranger, "198.51.100.1:80", "service firewall-check > firewall-ips", "drop firewall-*/lb/tcp/")]
    [TestCase(ProxyMode.Nftables, FromPod, "192.168.0.1:30081", "service services > service-nodeports > external-*/far/tcp/", "balance service-*/far/tcp/", "dnat service-*/far/tcp/")]
    [TestCase(ProxyMode.Nftables, Allowed, "192.168.0.1:30081", "service services > service-nodeports", "drop nodeport-endpoints-check > no-endpoint-nodeports")]
    [TestCase(ProxyMode.Nftables, Allowed, "192.168.0.2:30081", "service services > service-nodeports > external-*/far/tcp/", "balance local-*/far/tcp/", "dnat local-*/far/tcp/")]
    [TestCase(ProxyMode.Nftables, FromPod, "10.96.7.6:80", "service ", "reject service-endpoints-check > no-endpoint-services > reject-chain")]
    [TestCase(ProxyMode.Nftables, FromPod, "10.96.7.1:81", "service ", "reject cluster-ips-check")]
    [TestCase(ProxyMode.Nftables, FromPod, "10.96.99.99:80", "service ", "drop cluster-ips-check")]
    [TestCase(ProxyMode.Nftables, FromPod, "10.96.7.7:80", "service services > service-ips", "balance service-*/self/tcp/", "dnat service-*/self/tcp/", "snat masquerading")]
    [TestCase(ProxyMode.Ipvs, FromPod, "10.96.7.1:80", "service TCP 10.96.7.1:80", "balance TCP 10.96.7.1:80", "dnat TCP 10.96.7.1:80")]
    [TestCase(ProxyMode.Ipvs, FromNode, "10.96.7.1:80", "service TCP 10.96.7.1:80", "balance TCP 10.96.7.1:80", "dnat TCP 10.96.7.1:80", "snat KUBE-SERVICES > KUBE-MARK-MASQ > KUBE-POSTROUTING")]
    [TestCase(ProxyMode.Ipvs, Allowed, "192.168.0.1:30080", "service TCP 192.168.0.1:30080", "balance TCP 192.168.0.1:30080", "dnat TCP 192.168.0.1:30080", "snat KUBE-SERVICES > KUBE-NODE-PORT > KUBE-MARK-MASQ > KUBE-POSTROUTING")]
    [TestCase(ProxyMode.Ipvs, Stranger, "198.51.100.1:80", "service TCP 198.51.100.1:80", "drop KUBE-PROXY-FIREWALL > KUBE-SOURCE-RANGES-FIREWALL")]
    [TestCase(ProxyMode.Ipvs, FromPod, "10.96.7.6:80", "service TCP 10.96.7.6:80", "reject TCP 10.96.7.6:80")]
    [TestCase(ProxyMode.Ipvs, FromPod, "10.96.7.1:81", "service ", "reject KUBE-IPVS-FILTER")]
    [TestCase(ProxyMode.Ipvs, FromPod, "10.96.7.7:80", "service TCP 10.96.7.7:80", "balance TCP 10.96.7.7:80", "dnat TCP 10.96.7.7:80", "snat KUBE-POSTROUTING")]
    public void Each_step_names_the_chains_whose_rules_decided(ProxyMode mode, string from, string target, params string[] expected)
    {
        using Cluster cluster = Make(mode);
        Trace trace = Source(cluster, from).Trace(target);

        string[] chains = [.. trace.Hops.Select(hop => hop.Step).Where(IsDecided).Select(step => $"{step.Verb} {Chains(step)}")];

        chains.Should().HaveSameCount(expected, "{0}", trace);
        for (int i = 0; i < chains.Length; i++)
        {
            chains[i].Should().Match(expected[i], "{0}", trace);
        }
    }

    [TestCase(ProxyMode.IPTables)]
    [TestCase(ProxyMode.Nftables)]
    [TestCase(ProxyMode.Ipvs)]
    public void Whatever_is_decided_names_rules_that_stand_on_the_node(ProxyMode mode)
    {
        using Cluster cluster = Make(mode);
        int rules = 0;
        foreach (string from in Sources)
        {
            foreach (string target in Targets)
            {
                Source(cluster, from).Connect(target).Dispose();
                Trace trace = Source(cluster, from).Trace(target);
                foreach (Hop hop in trace.Hops.Where(hop => IsDecided(hop.Step) && hop.Place.StartsWith("node-", StringComparison.Ordinal)))
                {
                    string text = Listing(cluster, hop.Place);
                    foreach (RuleReference rule in hop.Step.Rules)
                    {
                        if (mode == ProxyMode.Ipvs && rule.Table != "ipvs") continue;
                        text.Should().Contain(rule.Rule, "{0}", trace.ToText(TraceDetail.Rules));
                        rules++;
                    }

                    bool isKubeProxys = hop.Step is not (Step.ServiceMatch or Step.NoMatch) && trace.Reason?.Code is null or ReasonCode.NoEndpoints or ReasonCode.NoLocalEndpoints or ReasonCode.SourceNotAllowed;
                    if (isKubeProxys) hop.Step.Rules.IsEmpty.Should().BeFalse("{0}", trace.ToText(TraceDetail.Rules));
                }
            }
        }

        rules.Should().BeGreaterThan(100);
    }

    [TestCase(ProxyMode.IPTables, "-m recent --rcheck --seconds 10800 --reap")]
    [TestCase(ProxyMode.Nftables, "ip saddr @affinity-")]
    [TestCase(ProxyMode.Ipvs, "-a -t 10.96.7.5:80 -r")]
    public void A_client_that_stays_names_the_rule_that_keeps_it(ProxyMode mode, string rule)
    {
        using Cluster cluster = Make(mode);
        cluster.Pod(FromPod).Connect("10.96.7.5:80");

        Step.AffinityHit hit = cluster.Pod(FromPod).Trace("10.96.7.5:80").Find<Step.AffinityHit>()!;

        hit.Rules.Should().ContainSingle().Which.Rule.Should().Contain(rule);
        (hit.Object, hit.Field).Should().Be(("service/default/sticky", "spec.sessionAffinity"));
    }

    [Test]
    public void Every_step_that_a_field_decides_names_the_object_and_the_field()
    {
        using Cluster cluster = Make(ProxyMode.IPTables);
        Trace trace = Source(cluster, Allowed).Trace("192.168.0.1:30080");
        (trace.Find<Step.ServiceMatch>()!.Object, trace.Find<Step.ServiceMatch>()!.Field).Should().Be(("service/default/web", "spec.ports[*].nodePort"));
        trace.Find<Step.ServiceMatch>()!.PolicyField.Should().Be("spec.externalTrafficPolicy");
        trace.Find<Step.Balance>()!.Object.Should().Be("service/default/web");
        (trace.Find<Step.Masquerade>()!.Object, trace.Find<Step.Masquerade>()!.Field).Should().Be(("service/default/web", "spec.externalTrafficPolicy"));
        Step.Masquerade ofNode = Source(cluster, FromNode).Trace("10.96.7.1:80").Find<Step.Masquerade>()!;
        (ofNode.Object, ofNode.Field).Should().Be(("kube-proxy/node-1", "detectLocalMode"));
        Step.Drop drop = Source(cluster, Stranger).Trace("198.51.100.1:80").Find<Step.Drop>()!;
        (drop.Object, drop.Field).Should().Be(("service/default/lb", "spec.loadBalancerSourceRanges"));
        Step.Reject reject = Source(cluster, FromPod).Trace("10.96.7.6:80").Find<Step.Reject>()!;
        (reject.Object, reject.Field).Should().Be(("service/default/empty", "spec.selector"));
    }

    [Test]
    public void Rules_are_those_of_the_time_of_the_packet_whenever_they_are_read()
    {
        using Cluster cluster = Make(ProxyMode.IPTables);
        Trace early = cluster.Pod(FromPod).Trace("10.96.7.1:80");
        Trace late = cluster.Pod(FromPod).Trace("10.96.7.1:80");
        string text = early.ToText(TraceDetail.Rules);

        cluster.RunPod("web-3", node: "node-1", port: 8080, labels: "app=web");

        cluster.Pod(FromPod).Trace("10.96.7.1:80").ToText(TraceDetail.Rules).Should().NotBe(text);
        late.ToText(TraceDetail.Rules).Should().Be(text);
        late.Should().Be(early);
    }

    [Test]
    public void A_trace_tells_every_rule_where_that_is_wanted()
    {
        using Cluster cluster = Make(ProxyMode.IPTables);
        string text = cluster.Pod(FromPod).Trace("10.96.7.7:80").ToText(TraceDetail.Rules);

        Regex.Replace(text, "[A-Z2-7]{16}", "…").Should().Match(
            """
            client (10.244.1.2, node-1) → 10.96.7.7:80/TCP
              node-1  service  10.96.7.7:80 is ClusterIP of default/self                    1 of 1 endpoints usable, policy Cluster
                                 nat: -A KUBE-SERVICES -d 10.96.7.7/32 -p tcp -m comment --comment "default/self cluster IP" -m tcp --dport 80 -j KUBE-SVC-…
              node-1  balance  random                                                       10.244.1.2:8080, 1 in 1
                                 nat: -A KUBE-SVC-… -m comment --comment "default/self -> 10.244.1.2:8080" -j KUBE-SEP-…
              node-1  dnat     10.96.7.7:80 → 10.244.1.2:8080
                                 nat: -A KUBE-SEP-… -p tcp -m comment --comment "default/self" -m tcp -j DNAT --to-destination 10.244.1.2:8080
              node-1  snat     10.244.1.2:32768 → 192.168.0.1:*hairpin: the source is the endpoint
                                 nat: -A KUBE-SEP-… -s 10.244.1.2/32 -m comment --comment "default/self" -j KUBE-MARK-MASQ
                                 nat: -A KUBE-MARK-MASQ -j MARK --set-xmark 0x4000/0x4000
                                 nat: -A KUBE-POSTROUTING -m comment --comment "kubernetes service traffic requiring SNAT" -j MASQUERADE --random-fully
              node-1  deliver  *
            """);
    }

    private static bool IsDecided(Step step) => step is Step.ServiceMatch or Step.NoMatch or Step.Balance or Step.AffinityHit or Step.Dnat or Step.Masquerade or Step.Drop or Step.Reject;

    private static string Chains(Step step) => string.Join(" > ", step.Rules.Select(rule => rule.Chain).Where((chain, i) => i == 0 || chain != step.Rules[i - 1].Chain));

    private static string Listing(Cluster cluster, string node)
    {
        NodeHandle place = cluster.Node(node);
        return place.Proxy.Mode switch
        {
            ProxyMode.IPTables => place.Proxy.RenderIptables(),
            ProxyMode.Nftables => place.Proxy.RenderNftables(),
            _ => string.Join('\n', IpvsState.VirtualServers(place.Sender.Node!, isIPv6: false).SelectMany(Saved)),
        };
    }

    /// <summary>As <c>ipvsadm -Sn</c> writes it.</summary>
    private static IEnumerable<string> Saved(VirtualServer server)
    {
        yield return $"-A -t {server.Address} -s rr" + (server.Persistence is { } time ? $" -p {(int)time.TotalSeconds}" : "");
        for (int i = 0; i < server.RealServers.Count; i++) yield return $"-a -t {server.Address} -r {server.RealServers[i].Address} -m -w 1";
    }

    private static TrafficSource Source(Cluster cluster, string name) => name switch
    {
        FromPod => cluster.Pod(name),
        FromNode => cluster.Node(name),
        _ => cluster.External(name),
    };

    private static Cluster Make(ProxyMode mode)
    {
        Cluster cluster = Cluster.Create(new ClusterOptions { Nodes = [new("node-1"), new("node-2")], ProxyMode = mode });
        cluster.RunPod(FromPod, node: "node-1", port: 8080, labels: "app=client");
        cluster.RunPod("web-1", node: "node-1", port: 8080, labels: "app=web");
        cluster.RunPod("web-2", node: "node-2", port: 8080, labels: "app=web");
        cluster.RunPod("far", node: "node-2", port: 8080, labels: "app=far");
        cluster.Apply(Manifest);
        return cluster;
    }
}
