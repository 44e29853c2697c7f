using KubeSim.Addressing;
using KubeSim.Dataplane;
using KubeSim.LoadBalancing;

namespace KubeSim.Tests.Dataplane;

/// <summary>The rules of kube-proxy, written down a second time as naively as possible, against the ones that run.</summary>
[TestFixture]
public sealed class ServiceDecisionOracleTests
{
    internal static readonly string[] Sources = ["10.244.1.5", "10.244.2.5", "192.168.0.1", "192.168.0.2", "203.0.113.7", "198.51.100.99", "198.51.100.1"];
    internal static readonly string[] Destinations =
        ["10.96.41.7:80", "10.96.41.7:81", "203.0.113.80:80", "198.51.100.1:80", "192.168.0.1:30080", "192.168.0.2:30080", "192.168.0.1:80", "10.244.2.7:80"];

    [Test]
    public void Every_combination_of_policies_endpoints_sources_and_entry_points_is_decided_as_the_table_says()
    {
        int decided = 0;
        var kinds = new HashSet<DecisionKind>();
        foreach (ProxySettings settings in AllSettings())
        {
            var lab = new Lab(settings: settings);
            foreach (ServiceRule rule in AllRules())
            {
                lab.Install(ServiceTable.Empty.With(rule));
                foreach (string source in Sources)
                {
                    foreach (string destination in Destinations)
                    {
                        var flow = new Flow(new IpPort(Lab.Ip(source), (ushort)40000), Lab.At(destination), TransportProtocol.Tcp);
                        ServiceDecision decision = ServiceDecision.Of(lab.Node(1), flow);
                        (DecisionKind, int, bool) expected = Oracle(lab.Node(1), settings, rule, flow);
                        (DecisionKind, int, bool) actual =
                            (decision.Kind, decision.Backends.Count, decision.Kind == DecisionKind.Balance && decision.Masquerade != MasqueradeReason.None);
                        if (actual != expected) Assert.Fail($"{flow} with {rule} and {settings} is {actual}, but should be {expected}");
                        kinds.Add(decision.Kind);
                        decided++;
                    }
                }
            }
        }

        kinds.Should().HaveCount(4);
        decided.Should().BeGreaterThan(10_000);
    }

    private static (DecisionKind Kind, int Backends, bool Masquerade) Oracle(NetworkNode node, ProxySettings settings, ServiceRule rule, Flow flow)
    {
        IpPort to = flow.Destination;
        IpAddress from = flow.Source.Address;
        bool isInternal = to == new IpPort(rule.ClusterIP, rule.Port);
        bool isVip = rule.LoadBalancerIPs.Any(ip => to == new IpPort(ip, rule.Port));
        bool isExternal = isVip || rule.ExternalIPs.Any(ip => to == new IpPort(ip, rule.Port)) || (node.HasAddress(to.Address) && to.Port == rule.NodePort);
        if (!isInternal && !isExternal) return (DecisionKind.NoMatch, 0, false);
        bool isNode = node.Addresses.Contains(from);
        // The rule that refuses these stands where packets come in and pass through, not where the node sends.
        if (!rule.HasAny) return (isExternal && isNode && !node.HasAddress(to.Address) ? DecisionKind.NoMatch : DecisionKind.Reject, 0, false);
        bool mayCome = rule.SourceRanges.IsEmpty || rule.SourceRanges.Any(range => range.Contains(from))
            || (rule.LoadBalancerIPs.Contains(from) && rule.SourceRanges.Any(range => range.Contains(node.Addresses[0])));
        if (isVip && !mayCome) return (DecisionKind.Drop, 0, false);

        bool hasDetector = settings.Detector != LocalPodDetector.None;
        bool isPod = hasDetector && (settings.Detector == LocalPodDetector.ClusterCIDR ? settings.ClusterCidrs : node.PodCidrs).Any(block => block.Contains(from));
        BackendSet cluster = rule.Cluster.Everybody;
        BackendSet local = rule.Local.ForNode(node.Name) ?? BackendSet.Empty;
        (BackendSet list, bool masquerade) =
            isInternal ? (rule.InternalLocal ? local : cluster, settings.MasqueradeAll || (hasDetector && !isPod))
            : !rule.ExternalLocal ? (cluster, true)
            : isPod ? (cluster, false)
            : isNode ? (cluster, true)
            : (local, false);
        return list.IsEmpty ? (DecisionKind.Drop, 0, false) : (DecisionKind.Balance, list.Count, masquerade);
    }

    internal static IEnumerable<ProxySettings> AllSettings()
    {
        foreach (LocalPodDetector detector in Enum.GetValues<LocalPodDetector>())
        {
            foreach (bool masqueradeAll in (bool[])[false, true])
            {
                yield return new ProxySettings { Detector = detector, ClusterCidrs = [Cidr.Parse("10.244.0.0/16")], MasqueradeAll = masqueradeAll };
            }
        }
    }

    internal static IEnumerable<ServiceRule> AllRules()
    {
        var here = new Backend(Lab.At("10.244.1.7:8080"), "node-1");
        var there = new Backend(Lab.At("10.244.2.7:8080"), "node-2");
        Backend[][] endpoints = [[], [here], [there], [here, there]];
        for (int bits = 0; bits < 64; bits++)
        {
            foreach (Backend[] backends in endpoints)
            {
                BackendSelection local = BackendSelection.Empty;
                foreach (Backend backend in backends) local = local.WithNode(backend.NodeName!, BackendSet.Of(backend));
                yield return new ServiceRule
                {
                    Name = Lab.Name(),
                    ClusterIP = Lab.Ip(Lab.ClusterIP),
                    Port = 80,
                    InternalLocal = (bits & 1) != 0,
                    ExternalLocal = (bits & 2) != 0,
                    NodePort = (ushort)((bits & 4) != 0 ? 30080 : 0),
                    ExternalIPs = (bits & 8) != 0 ? [Lab.Ip("203.0.113.80")] : [],
                    LoadBalancerIPs = (bits & 16) != 0 ? [Lab.Ip("198.51.100.1")] : [],
                    SourceRanges = (bits & 32) != 0 ? [Cidr.Parse("203.0.113.0/24"), Cidr.Parse("192.168.0.1/32")] : [],
                    Cluster = BackendSelection.Of(BackendSet.Of(backends)),
                    Local = local,
                    HasAny = backends.Length > 0,
                    EndpointCount = backends.Length,
                };
            }
        }
    }

    [TestCase("", "192.168.0.1", true)]
    [TestCase("10.0.0.0/8", "192.168.0.1", false)]
    [TestCase("192.168.0.0/24", "192.168.0.1", true)]
    [TestCase("fd00::/64", "192.168.0.1", true)]
    [TestCase("", "192.168.0.2", false)]
    [TestCase("", "127.0.0.1", true)]
    [TestCase("192.168.0.0/24", "127.0.0.1", false)]
    [TestCase("127.0.0.0/8", "127.0.0.1", true)]
    [TestCase("", "::1", false)]
    public void Node_ports_answer_on_the_nodes_addresses_that_the_configuration_allows(string blocks, string address, bool answers)
    {
        var lab = new Lab();
        lab.Node(1).ProxySettings = new ProxySettings { NodePortAddresses = blocks.Length == 0 ? [] : [Cidr.Parse(blocks)] };
        ServiceDecision.AnswersNodePorts(lab.Node(1), Lab.Ip(address)).Should().Be(answers);
    }
}
