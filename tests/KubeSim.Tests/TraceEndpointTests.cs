using KubeSim.Addressing;
using KubeSim.Dataplane;
using KubeSim.Tracing;

namespace KubeSim.Tests;

/// <summary>A trace says which endpoints could be picked, and of each other one why it could not.</summary>
[TestFixture]
public sealed class TraceEndpointTests
{
    private const string OnA = "node-a";
    private const string OnB = "node-b";
    private const string NoZone = "node-x";
    private const string Cluster1 = "10.96.7.1:80";
    private const string NodePort = "192.168.0.1:30080";

    [TestCase("ready: true", "ready: false", OnB, Cluster1, "not ready")]
    [TestCase("ready: true", "ready: false, serving: true, terminating: true", OnB, Cluster1, "terminating, and others are ready")]
    [TestCase("ready: true", "ready: false, serving: false, terminating: true", OnB, Cluster1, "terminating, and serves no longer")]
    [TestCase("ready: false, serving: true, terminating: true", "ready: false", OnB, Cluster1, "not ready")]
    public void An_endpoint_that_is_not_ready_is_left_out(string first, string second, string from, string target, string why)
    {
        using Cluster cluster = Make("", Endpoint(1, OnA, conditions: first), Endpoint(2, OnB, conditions: second));
        Step.ServiceMatch match = Match(cluster, from, target);

        match.Candidates.Should().Equal(At(1));
        match.LeftOut.Should().Equal(new LeftOut(At(2), "default/web-2", why));
    }

    [Test]
    public void Hints_leave_out_what_other_zones_are_to_use()
    {
        using Cluster cluster = Make("", Endpoint(1, OnA, zones: "a"), Endpoint(2, OnB, zones: "b"), Endpoint(3, OnB, zones: "b, c"));

        Match(cluster, OnA, Cluster1).LeftOut.Should().Equal(
            new LeftOut(At(2), "default/web-2", "hint names zone b, node is in a"), new LeftOut(At(3), "default/web-3", "hint names zones b, c, node is in a"));
        Match(cluster, OnB, Cluster1).LeftOut.Should().Equal(new LeftOut(At(1), "default/web-1", "hint names zone a, node is in b"));
        Match(cluster, OnA, Cluster1).HintsIgnored.Should().BeNull();
    }

    [Test]
    public void Hints_leave_out_what_other_nodes_are_to_use()
    {
        using Cluster cluster = Make("", Endpoint(1, OnA, zones: "a", nodes: OnA), Endpoint(2, OnB, zones: "a", nodes: OnB));

        Match(cluster, OnA, Cluster1).LeftOut.Should().Equal(new LeftOut(At(2), "default/web-2", "hint names node node-b, this is node-a"));
        Match(cluster, NoZone, Cluster1).LeftOut.Should().BeEmpty();
        Match(cluster, NoZone, Cluster1).HintsIgnored.Should().Be("node-x has no zone");
    }

    [TestCase("a", null, OnA, "endpoint 10.244.9.2:8080 has none")]
    [TestCase("a", "b", NoZone, "node-x has no zone")]
    [TestCase("c", "c", OnA, "none names zone a, where node-a is")]
    [TestCase(null, null, OnA, null)]
    public void Hints_that_do_not_count_say_why(string? first, string? second, string from, string? why)
    {
        using Cluster cluster = Make("", Endpoint(1, OnA, zones: first), Endpoint(2, OnB, zones: second));

        Step.ServiceMatch match = Match(cluster, from, Cluster1);

        match.HintsIgnored.Should().Be(why);
        match.LeftOut.Should().BeEmpty();
        match.Candidates.Should().Equal(At(1), At(2));
    }

    [Test]
    public void Hints_for_nodes_alone_say_why_they_do_not_count()
    {
        using Cluster cluster = Make("", Endpoint(1, OnA, nodes: OnA), Endpoint(2, OnB, nodes: OnB));
        Match(cluster, NoZone, Cluster1).HintsIgnored.Should().Be("none names node-x");
    }

    [TestCase("external", NodePort, "on node-b, not on node-a, and externalTrafficPolicy is Local")]
    [TestCase("internal", Cluster1, "on node-b, not on node-a, and internalTrafficPolicy is Local")]
    public void A_local_policy_leaves_out_what_is_elsewhere(string policy, string target, string why)
    {
        using Cluster cluster = Make($"{policy}TrafficPolicy: Local, ", Endpoint(1, OnA), Endpoint(2, OnB), Endpoint(3, OnB, conditions: "ready: false"));
        TrafficSource from = policy == "external" ? cluster.External() : cluster.Node(OnA);

        Step.ServiceMatch match = from.Trace(target).Find<Step.ServiceMatch>()!;

        match.LeftOut.Should().Equal(new LeftOut(At(2), "default/web-2", why), new LeftOut(At(3), "default/web-3", "not ready"));
        (match.Usable, match.Total).Should().Be((1, 3));
    }

    [Test]
    public void Where_a_policy_leaves_nobody_each_endpoint_says_why()
    {
        using Cluster cluster = Make("externalTrafficPolicy: Local, ", Endpoint(1, OnB), Endpoint(2, OnB));
        Trace trace = cluster.External().Trace(NodePort);

        trace.Reason!.Code.Should().Be(ReasonCode.NoLocalEndpoints);
        trace.Find<Step.ServiceMatch>()!.LeftOut.Should().HaveCount(2);
    }

    [Test]
    public void What_is_sent_from_inside_is_left_nothing_out_by_the_policy()
    {
        using Cluster cluster = Make("externalTrafficPolicy: Local, ", Endpoint(1, OnA), Endpoint(2, OnB));
        Match(cluster, OnA, NodePort).LeftOut.Should().BeEmpty();
    }

    [Test]
    public void IPVS_that_does_not_follow_the_policy_leaves_nobody_out()
    {
        using Cluster cluster = Make("externalTrafficPolicy: Local, ", ProxyMode.Ipvs, Endpoint(1, OnB), Endpoint(2, OnB));
        cluster.External().Trace(NodePort).Find<Step.ServiceMatch>()!.LeftOut.Should().BeEmpty();
    }

    [Test]
    public void News_that_change_no_rule_are_told_too()
    {
        using Cluster cluster = Make("", Endpoint(1, OnA), Endpoint(2, OnB, conditions: "ready: false"));
        Match(cluster, OnA, Cluster1).Total.Should().Be(2);
        Step.ServiceMatch before = Match(cluster, OnA, Cluster1);

        cluster.Apply(Slice(Endpoint(1, OnA), Endpoint(2, OnB, conditions: "ready: false, serving: false, terminating: true"), Endpoint(3, OnB, conditions: "ready: false")));

        Match(cluster, OnA, Cluster1).LeftOut.Select(endpoint => endpoint.Why).Should().Equal("terminating, and serves no longer", "not ready");
        Match(cluster, OnA, Cluster1).Total.Should().Be(3);
        before.LeftOut.Select(endpoint => endpoint.Why).Should().Equal("not ready");
    }

    [Test]
    public void A_node_that_lags_tells_what_it_has_heard()
    {
        using Cluster cluster = Make("", ProxyMode.IPTables, new PropagationDelays { ControllerToProxy = TimeSpan.FromSeconds(5) }, Endpoint(1, OnA), Endpoint(2, OnB, conditions: "ready: false"));
        cluster.Apply(Slice(Endpoint(1, OnA, conditions: "ready: false"), Endpoint(2, OnB)));

        Match(cluster, OnA, Cluster1).LeftOut.Should().Equal(new LeftOut(At(2), "default/web-2", "not ready"));
        cluster.RunUntilIdle();
        Match(cluster, OnA, Cluster1).LeftOut.Should().Equal(new LeftOut(At(1), "default/web-1", "not ready"));
    }

    [Test]
    public void The_text_tells_the_first_few_and_how_many_more()
    {
        using Cluster cluster = Make("", [Endpoint(1, OnA), .. Enumerable.Range(2, 8).Select(number => Endpoint(number, OnB, conditions: "ready: false"))]);
        Trace trace = cluster.Node(OnA).Trace(Cluster1);

        trace.ToString().Split('\n')[2..8].Select(line => line.Trim()).Should().Equal(
            "10.244.9.2:8080 (default/web-2) left out: not ready", "10.244.9.3:8080 (default/web-3) left out: not ready", "10.244.9.4:8080 (default/web-4) left out: not ready",
            "10.244.9.5:8080 (default/web-5) left out: not ready", "10.244.9.6:8080 (default/web-6) left out: not ready", "and 3 more left out");
        trace.ToText(TraceDetail.Rules).Should().Contain("10.244.9.9:8080 (default/web-9) left out: not ready");
        trace.ToText(TraceDetail.Steps).Should().NotContain("left out").And.NotContain("KUBE-");
    }

    private static IpPort At(int number) => IpPort.Parse($"10.244.9.{number}:8080");

    private static Step.ServiceMatch Match(Cluster cluster, string node, string target) => cluster.Node(node).Trace(target).Find<Step.ServiceMatch>()!;

    private static string Endpoint(int number, string node, string conditions = "ready: true", string? zones = null, string? nodes = null)
    {
        string forZones = zones is null ? "" : $"forZones: [ {string.Join(", ", zones.Split(", ").Select(zone => $"{{ name: {zone} }}"))} ], ";
        string forNodes = nodes is null ? "" : $"forNodes: [ {{ name: {nodes} }} ], ";
        return $"- {{ addresses: [ 10.244.9.{number} ], nodeName: {node}, conditions: {{ {conditions} }}, hints: {{ {forZones}{forNodes} }}, targetRef: {{ kind: Pod, namespace: default, name: web-{number} }} }}";
    }

    private static string Slice(params string[] endpoints) => $"""
        apiVersion: discovery.k8s.io/v1
        kind: EndpointSlice
        metadata: {"{"} name: web-1, labels: {"{"} kubernetes.io/service-name: web {"}"} {"}"}
        addressType: IPv4
        ports: [ {"{"} name: "", port: 8080, protocol: TCP {"}"} ]
        endpoints:
        {string.Join('\n', endpoints)}
        """;

    private static Cluster Make(string policy, params string[] endpoints) => Make(policy, ProxyMode.IPTables, endpoints);

    private static Cluster Make(string policy, ProxyMode mode, params string[] endpoints) => Make(policy, mode, new PropagationDelays(), endpoints);

    private static Cluster Make(string policy, ProxyMode mode, PropagationDelays delays, params string[] endpoints)
    {
        Cluster cluster = Cluster.Create(new ClusterOptions
        {
            Nodes = [new(OnA) { Zone = "a", Address = IpAddress.Parse("192.168.0.1") }, new(OnB) { Zone = "b" }, new(NoZone)],
            ProxyMode = mode,
            Delays = delays,
        });
        cluster.Apply($"""
            apiVersion: v1
            kind: Service
            metadata: {"{"} name: web {"}"}
            spec: {"{"} type: NodePort, clusterIP: 10.96.7.1, {policy}ports: [ {"{"} port: 80, targetPort: 8080, nodePort: 30080 {"}"} ] {"}"}
            """);
        cluster.Apply(Slice(endpoints));
        cluster.RunUntilIdle();
        return cluster;
    }
}
