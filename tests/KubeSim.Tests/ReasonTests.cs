using KubeSim.Api;
using KubeSim.Dataplane;
using KubeSim.LoadBalancing;
using KubeSim.Measurement;
using KubeSim.Tracing;

namespace KubeSim.Tests;

/// <summary>Whatever is not delivered says why: with a code, the object and its field, and a sentence.</summary>
public sealed class ReasonTests
{
    private const string Manifest = """
        apiVersion: v1
        kind: Service
        metadata: { name: web }
        spec: { type: NodePort, clusterIP: 10.96.0.20, selector: { app: web }, externalTrafficPolicy: Local, ports: [ { port: 80, nodePort: 30080 } ] }
        ---
        apiVersion: v1
        kind: Service
        metadata: { name: near }
        spec: { clusterIP: 10.96.0.21, selector: { app: web }, internalTrafficPolicy: Local, ports: [ { port: 80 } ] }
        ---
        apiVersion: v1
        kind: Service
        metadata: { name: empty }
        spec: { selector: { app: nobody }, ports: [ { port: 80 } ] }
        ---
        apiVersion: v1
        kind: Service
        metadata: { name: named }
        spec: { selector: { app: web }, externalIPs: [ 80.11.12.10 ], ports: [ { port: 80, targetPort: http } ] }
        ---
        apiVersion: v1
        kind: Service
        metadata: { name: lb }
        spec: { type: LoadBalancer, selector: { app: web }, loadBalancerSourceRanges: [ 192.0.2.0/24 ], ports: [ { port: 80 } ] }
        """;

    private static IEnumerable<TestCaseData> Failures()
    {
        static TestCaseData Row(ReasonCode code, ConnectionOutcome outcome, string? about, string? field, string message, Func<Cluster, Trace> dial) =>
            new TestCaseData(code, outcome, about, field, message, dial).SetArgDisplayNames(code.ToString(), about ?? "no object");

        yield return Row(ReasonCode.NoEndpoints, ConnectionOutcome.Refused, "service/default/empty", "spec.selector", "Service default/empty has no endpoints*app=nobody*", cluster => cluster.Pod("client").Trace("empty:80"));
        yield return Row(ReasonCode.NoLocalEndpoints, ConnectionOutcome.TimedOut, "service/default/web", "spec.externalTrafficPolicy", "Service default/web has no endpoint on node-2*", cluster => cluster.External().Trace("192.168.0.2:30080"));
        yield return Row(ReasonCode.NoLocalEndpoints, ConnectionOutcome.TimedOut, "service/default/near", "spec.internalTrafficPolicy", "Service default/near has no endpoint on node-2*", cluster => cluster.Pod("client").Trace("near:80"));
        yield return Row(ReasonCode.SourceNotAllowed, ConnectionOutcome.TimedOut, "service/default/lb", "spec.loadBalancerSourceRanges", "*only from 192.0.2.0/24*203.0.113.10*", cluster => cluster.External().Trace("198.51.100.1:80"));
        yield return Row(ReasonCode.NoListener, ConnectionOutcome.Refused, "pod/default/web", "spec.containers[*].ports", "Pod default/web*does not listen on 81/TCP*", cluster => cluster.Pod("client").Trace($"{cluster.Pod("web").Address}:81"));
        yield return Row(ReasonCode.NoListener, ConnectionOutcome.Refused, "node/node-2", null, "nothing on node-2 listens on 22/TCP", cluster => cluster.External().Trace("192.168.0.2:22"));
        yield return Row(ReasonCode.PodNotFound, ConnectionOutcome.TimedOut, null, "status.podIPs", "no Pod has the address 10.244.1.200", cluster => cluster.Pod("client").Trace("10.244.1.200:80"));
        yield return Row(ReasonCode.NoSuchServicePort, ConnectionOutcome.TimedOut, "service/default/web", "spec.ports", "the ClusterIP 10.96.0.20 has no port 81/TCP*", cluster => cluster.Pod("client").Trace("web:81"));
        yield return Row(ReasonCode.NoSuchClusterIP, ConnectionOutcome.TimedOut, null, "spec.clusterIPs", "no Service has the ClusterIP 10.96.0.99", cluster => cluster.Pod("client").Trace("10.96.0.99:80"));
        yield return Row(ReasonCode.NoSuchNodePort, ConnectionOutcome.Refused, "node/node-1", "spec.ports[*].nodePort", "no Service has the node port 30999/TCP*", cluster => cluster.External().Trace("192.168.0.1:30999"));
        yield return Row(ReasonCode.NoRouteToHost, ConnectionOutcome.NoRoute, null, null, "nobody has the address 203.0.113.99", cluster => cluster.Pod("client").Trace("203.0.113.99:80"));
        yield return Row(ReasonCode.NoSourceAddress, ConnectionOutcome.NoRoute, "pod/default/client", "status.podIPs", "*client has no IPv6 address*", cluster => cluster.Pod("client").Trace("[2001:db8::1]:80"));
        yield return Row(ReasonCode.NotReachableFromOutside, ConnectionOutcome.NoRoute, "service/default/near", "spec.type", "10.96.0.21 is an address inside the cluster*", cluster => cluster.External().Trace("10.96.0.21:80"));
        yield return Row(ReasonCode.NotReachableFromOutside, ConnectionOutcome.NoRoute, "pod/default/web", "status.podIPs", "*is an address inside the cluster*", cluster => cluster.External().Trace($"{cluster.Pod("web").Address}:80"));
        yield return Row(ReasonCode.NoSuchLoadBalancer, ConnectionOutcome.TimedOut, "service/default/lb", "spec.ports", "the load balancer at 198.51.100.1 does not answer on 81/TCP", cluster => cluster.External().Trace("198.51.100.1:81"));
        yield return Row(ReasonCode.NoLoadBalancerMembers, ConnectionOutcome.TimedOut, "service/default/lb", "status.loadBalancer.ingress", "the load balancer of Service default/lb*no node to send to", WithoutMembers);
        yield return Row(ReasonCode.NodeDown, ConnectionOutcome.TimedOut, "node/node-2", "status.conditions", "node node-2 is down", FromGoneNode);
        yield return Row(ReasonCode.NoFreePort, ConnectionOutcome.NoRoute, "pod/default/client", null, "every source port from*in use", OutOfPorts);
        yield return Row(ReasonCode.EndpointGone, ConnectionOutcome.TimedOut, "pod/default/web", "status.podIPs", "Pod default/web*, which served the connection, has gone", AfterItsServer);
        yield return Row(ReasonCode.ConntrackExpired, ConnectionOutcome.Reset, null, null, "*does not know the connection*its conntrack entry has timed out", AfterManyDays);
        yield return Row(ReasonCode.NameNotFound, ConnectionOutcome.NameNotResolved, "service/default/web", "metadata.name", "There is no Service 'wbe' in namespace 'default'*Did you mean 'web'?*", cluster => cluster.Pod("client").Trace("wbe:80"));
        yield return Row(ReasonCode.NameNotFound, ConnectionOutcome.NameNotResolved, "service/default/web", "metadata.name", "'web.' ends with a dot*absolute*search list is not used*'web.default.svc.cluster.local.'*", cluster => cluster.Pod("client").Trace("web.:80"));
        yield return Row(ReasonCode.NameNotFound, ConnectionOutcome.NameNotResolved, "service/default/web", "metadata.name", "'web.default.' ends with a dot*absolute*", cluster => cluster.Pod("client").Trace("web.default.:80"));
        yield return Row(ReasonCode.NoEndpoints, ConnectionOutcome.Refused, "service/default/named", "spec.ports[*].targetPort", "Service default/named has no endpoints: its 1 endpoint has no port named http (spec.ports[*].targetPort)", cluster => cluster.Pod("client").Trace("named:80"));
        yield return Row(ReasonCode.NoRouteToHost, ConnectionOutcome.NoRoute, "service/default/named", "spec.externalIPs", "nobody has the address 80.11.12.10*external IP of Service default/named*(spec.externalIPs)", cluster => cluster.External().Trace("80.11.12.10:80"));
        yield return Row(ReasonCode.ServicePortNotFound, ConnectionOutcome.NameNotResolved, "service/default/web", "spec.ports", "Service default/web has no port 'nope' over TCP*", cluster => cluster.Pod("client").Trace("_nope._tcp.web.default.svc.cluster.local:80"));
    }

    [Test]
    public void A_policy_that_gives_a_connection_to_nobody_is_named()
    {
        using var cluster = Cluster.Create(new ClusterOptions { LoadBalancer = LoadBalancerPolicy.Ipvs("rr", static _ => 0) });
        cluster.RunPod("web", port: 80, labels: "app=web");
        cluster.Expose("pod/web");

        Reason reason = cluster.Pod("web").Connect("web:80").Trace.Reason!;

        (reason.Code, reason.Object).Should().Be((ReasonCode.NoEndpointPicked, "service/default/web"));
        reason.Message.Should().StartWith("the load-balancing policy 'ipvs-rr' on node-1 gives no endpoint of Service default/web");
    }

    [Test]
    public void A_node_whose_connection_table_is_full_is_named()
    {
        using var cluster = Cluster.Create(new ClusterOptions { KubeProxy = new() { Conntrack = new() { MaxPerCore = 1, Min = 0 } } });
        cluster.RunPod("web", port: 80);
        LoadReport report = cluster.Node("node-1").ConnectMany($"{cluster.Pod("web").Address}:80", 4, keepOpen: true);

        Reason reason = cluster.Node("node-1").Connect($"{cluster.Pod("web").Address}:80").Trace.Reason!;

        report.Established.Should().Be(4);
        (reason.Code, reason.Object).Should().Be((ReasonCode.ConntrackFull, "node/node-1"));
        reason.Message.Should().Be("the connection table of node-1 is full (4 flows), and new flows get no place in it");
    }

    [Test]
    public void A_pod_that_cannot_reach_itself_is_named()
    {
        using var cluster = Cluster.Create(new ClusterOptions { Nodes = [new("node-1") { HairpinMode = false }] });
        cluster.RunPod("web", port: 80);
        cluster.Expose("pod/web");

        Reason reason = cluster.Pod("web").Connect("web:80").Trace.Reason!;

        (reason.Code, reason.Object).Should().Be((ReasonCode.HairpinLost, "pod/default/web"));
        reason.Message.Should().Contain("the bridge of node-1 does not send packets back where they came in");
    }

    [TestCaseSource(nameof(Failures))]
    public void What_is_not_delivered_says_why(ReasonCode code, ConnectionOutcome outcome, string? about, string? field, string message, Func<Cluster, Trace> dial)
    {
        using var cluster = Cluster.Create(nodes: 2);
        cluster.RunPod("web", node: "node-1", port: 80, labels: "app=web");
        cluster.RunPod("client", node: "node-2");
        cluster.Apply(Manifest);

        Trace trace = dial(cluster);

        trace.Outcome.Should().Be(outcome, "{0}", trace);
        Reason reason = trace.Reason.Should().NotBeNull().And.Subject.As<Reason>();
        reason.Code.Should().Be(code, "{0}", trace);
        reason.Object.Should().Be(about);
        reason.Field.Should().Be(field);
        reason.Message.Should().Match(message);
        trace.ToString().Should().EndWith(reason.Message, "the text of a trace says it too");
    }

    /// <summary>No manifest makes a circle, and the others need clusters of their own.</summary>
    [Test]
    public void Every_other_code_stands_above()
    {
        ReasonCode[] elsewhere = [ReasonCode.None, ReasonCode.NoEndpointPicked, ReasonCode.TooManyHops, ReasonCode.ConntrackFull, ReasonCode.HairpinLost];

        Failures().Select(row => (ReasonCode)row.Arguments[0]!).Should().Contain(Enum.GetValues<ReasonCode>().Except(elsewhere));
    }

    [Test]
    public void A_missing_port_of_a_ClusterIP_is_told_as_such_in_the_nftables_mode()
    {
        using var cluster = Cluster.Create(new ClusterOptions { ProxyMode = ProxyMode.Nftables });
        PodHandle web = cluster.RunPod("web", port: 80);
        cluster.Expose("pod/web");

        web.Trace("web:81").ToString().Should().Contain("the ClusterIP has no such port").And.NotContain("nobody has");
    }

    [Test]
    public void What_arrives_has_no_reason()
    {
        using var cluster = Cluster.Create();
        PodHandle web = cluster.RunPod("web", port: 80);

        web.Trace($"{web.Address}:80").Reason.Should().BeNull();
    }

    private static Trace WithoutMembers(Cluster cluster)
    {
        foreach (Node node in cluster.Api.List<Node>())
        {
            cluster.Api.Replace(node with { Metadata = node.Metadata with { Labels = node.Metadata.Labels.With("node.kubernetes.io/exclude-from-external-load-balancers", "") } });
        }

        return cluster.External().Trace("198.51.100.1:80");
    }

    private static Trace FromGoneNode(Cluster cluster)
    {
        NodeHandle node = cluster.Node("node-2");
        cluster.Delete("node/node-2");
        return node.Trace("10.96.0.20:80");
    }

    private static Trace AfterItsServer(Cluster cluster)
    {
        Connection connection = cluster.Pod("client").Connect($"{cluster.Pod("web").Address}:80");
        cluster.Delete("pod/web", gracePeriodSeconds: 0);
        return connection.Send();
    }

    private static Trace AfterManyDays(Cluster cluster)
    {
        Connection connection = cluster.Pod("client").Connect($"{cluster.Pod("web").Address}:80");
        cluster.Clock.Advance(TimeSpan.FromDays(30));
        return connection.Send();
    }

    private static Trace OutOfPorts(Cluster cluster)
    {
        PodHandle client = cluster.Pod("client");
        client.ConnectMany($"{cluster.Pod("web").Address}:80", 60_999 - 32_768 + 2, keepOpen: true).Failed.Should().BePositive();
        return client.Trace($"{cluster.Pod("web").Address}:80");
    }
}
