using KubeSim.Addressing;
using KubeSim.Dataplane;
using KubeSim.Tracing;
using static KubeSim.Tests.Pains.PainCluster;

namespace KubeSim.Tests.Pains;

/// <summary>"Connection refused" or "timeout", what it tells, and the rules that say so.</summary>
[TestFixture]
public sealed class P18VerdictTests
{
    private static readonly string Guarded = Web("type: LoadBalancer, clusterIP: 10.96.7.7, externalTrafficPolicy: Local, loadBalancerSourceRanges: [203.0.113.0/28]", "[{ port: 80, targetPort: 8080, nodePort: 30080 }]");

    [TestCase(ProxyMode.IPTables, "nobody", "10.96.7.7:80", ConnectionOutcome.Refused, ReasonCode.NoEndpoints)]
    [TestCase(ProxyMode.Nftables, "nobody", "10.96.7.7:80", ConnectionOutcome.Refused, ReasonCode.NoEndpoints)]
    [TestCase(ProxyMode.IPTables, "node-1", "node-2:30080", ConnectionOutcome.TimedOut, ReasonCode.NoLocalEndpoints)]
    [TestCase(ProxyMode.Nftables, "node-1", "node-2:30080", ConnectionOutcome.TimedOut, ReasonCode.NoLocalEndpoints)]
    [TestCase(ProxyMode.IPTables, "node-1", "vip", ConnectionOutcome.TimedOut, ReasonCode.SourceNotAllowed)]
    [TestCase(ProxyMode.Nftables, "node-1", "vip", ConnectionOutcome.TimedOut, ReasonCode.SourceNotAllowed)]
    [TestCase(ProxyMode.IPTables, "node-1", "10.96.7.7:81", ConnectionOutcome.TimedOut, ReasonCode.NoSuchServicePort)]
    [TestCase(ProxyMode.Nftables, "node-1", "10.96.7.7:81", ConnectionOutcome.Refused, ReasonCode.NoSuchServicePort)]
    [TestCase(ProxyMode.Nftables, "node-1", "10.96.99.99:80", ConnectionOutcome.TimedOut, ReasonCode.NoSuchClusterIP)]
    public void Connection_refused_or_timeout_tells_what_is_wrong(ProxyMode mode, string podOn, string target, ConnectionOutcome outcome, ReasonCode reason)
    {
        using Cluster cluster = With(Guarded, Mode(mode), podOn == "nobody" ? [] : [podOn]);
        TrafficSource from = target.StartsWith("10.", StringComparison.Ordinal) ? cluster.Pod("client") : cluster.External("203.0.113.99");
        IpPort to = target == "vip" ? cluster.Vip() : target == "node-2:30080" ? cluster.NodePort("node-2") : IpPort.Parse(target);

        Trace trace = from.Connect(to).Trace;

        (trace.Outcome, trace.Reason!.Code).Should().Be((outcome, reason), "{0}", trace);
        trace.Reason.Message.Should().NotBeEmpty();
    }

    [Test]
    public void The_rules_of_a_node_can_be_looked_at_without_a_kernel()
    {
        using Cluster cluster = With(Guarded, Mode(ProxyMode.Nftables), "node-1");
        cluster.Node("node-2").Proxy.RenderNftables().Should().Contain("10.96.7.7").And.Contain("203.0.113.0/28");
    }
}
