using KubeSim.Addressing;
using KubeSim.Dataplane;
using KubeSim.LoadBalancing;
using KubeSim.Proxy.Rendering.Iptables;
using KubeSim.Tests.Dataplane;

namespace KubeSim.Tests.Proxy.Rendering.Iptables;

/// <summary>The rules as text lead a packet where the data plane leads it.</summary>
[TestFixture]
public sealed class IptablesWalkTests
{
    [Test]
    public void The_rules_decide_every_combination_as_the_data_plane_does()
    {
        int translated = 0;
        int refused = 0;
        foreach (ProxySettings settings in ServiceDecisionOracleTests.AllSettings().Where(settings => settings.Mode == ProxyMode.IPTables))
        {
            var lab = new Lab(settings: settings with { DetectorInterface = "cni0" });
            NetworkNode node = lab.Node(1);
            foreach (ServiceRule rule in ServiceDecisionOracleTests.AllRules())
            {
                lab.Install(ServiceTable.Empty.With(rule));
                foreach (Flow flow in Flows())
                {
                    ServiceDecision decision = ServiceDecision.Of(node, flow);
                    Backend? picked = decision.Kind == DecisionKind.Balance ? decision.Backends[decision.Backends.Count - 1] : null;
                    IReadOnlyList<IptablesStep> steps = IptablesWalk.Of(node, rule, flow, picked);
                    string expected = decision.Kind switch
                    {
                        DecisionKind.Balance => $"DNAT {picked!.Value.Address}{(decision.Masquerade == MasqueradeReason.None ? "" : " masqueraded")}",
                        DecisionKind.Reject => "REJECT",
                        DecisionKind.Drop => "DROP",
                        _ => "",
                    };
                    if (Outcome(steps) != expected) Assert.Fail($"{flow} with {rule} and {settings}: {Outcome(steps)}, but should be {expected}\n{string.Join('\n', steps)}");
                    translated += picked is null ? 0 : 1;
                    refused += picked is null ? 1 : 0;
                }
            }
        }

        translated.Should().BeGreaterThan(1000);
        refused.Should().BeGreaterThan(1000);
    }

    [Test]
    public void The_way_to_an_endpoint_is_told_rule_by_rule()
    {
        var lab = new Lab();
        PodAttachment[] pods = [lab.Pod("a", "1.5"), lab.Pod("b", "2.5")];
        ServiceRule rule = Lab.Rule(Lab.Name(), 8080, pods) with { NodePort = 30080 };
        lab.Install(rule);
        var flow = new Flow(Lab.At("203.0.113.7:4000"), Lab.At("192.168.0.1:30080"), TransportProtocol.Tcp);

        IptablesWalk.Of(lab.Node(1), rule, flow, rule.Cluster.Everybody[0]).Select(step => $"{step.Table} {step.Rule}").Should().Equal(
            "nat -A KUBE-NODEPORTS -m comment --comment default/web:http -m tcp -p tcp --dport 30080 -j KUBE-EXT-CDGGSHYLG3RE2FKL",
            "nat -A KUBE-EXT-CDGGSHYLG3RE2FKL -m comment --comment \"masquerade traffic for default/web:http external destinations\" -j KUBE-MARK-MASQ",
            "nat -A KUBE-EXT-CDGGSHYLG3RE2FKL -j KUBE-SVC-CDGGSHYLG3RE2FKL",
            "nat -A KUBE-SVC-CDGGSHYLG3RE2FKL -m comment --comment \"default/web:http -> 10.244.1.5:8080\" -m statistic --mode random --probability 0.5000000000 -j " + Chain(rule, 0),
            "nat -A " + Chain(rule, 0) + " -m comment --comment default/web:http -m tcp -p tcp -j DNAT --to-destination 10.244.1.5:8080");
    }

    [Test]
    public void A_client_that_is_remembered_takes_the_rule_of_its_endpoints_list()
    {
        var lab = new Lab();
        ServiceRule rule = Lab.Rule(Lab.Name(), 8080, lab.Pod("a", "1.5"), lab.Pod("b", "2.5")) with { AffinityTimeout = TimeSpan.FromMinutes(10) };
        lab.Install(rule);
        var flow = new Flow(Lab.At("10.244.1.9:4000"), Lab.At(Lab.ClusterIP + ":80"), TransportProtocol.Tcp);

        IptablesWalk.Of(lab.Node(1), rule, flow, rule.Cluster.Everybody[1], isRemembered: true)[1].Rule.ToString().Should()
            .Contain($"-m recent --name {Chain(rule, 1)} --rcheck --seconds 600 --reap -j {Chain(rule, 1)}");
    }

    private static IEnumerable<Flow> Flows() =>
        from source in ServiceDecisionOracleTests.Sources
        from destination in ServiceDecisionOracleTests.Destinations
        select new Flow(new IpPort(Lab.Ip(source), (ushort)40000), Lab.At(destination), TransportProtocol.Tcp);

    private static string Chain(ServiceRule rule, int place) => new IptablesNames(rule.Name).EndpointChain(rule.Cluster.Everybody[place].Address.ToString());

    private static string Outcome(IReadOnlyList<IptablesStep> steps)
    {
        IptablesTarget last = steps.Count == 0 ? IptablesTarget.None : steps[^1].Rule.Target;
        bool isMasqueraded = steps.Any(step => step.Rule.Target.Text == IptablesChains.MarkMasq);
        return last.Kind switch
        {
            IptablesTargetKind.Dnat => $"DNAT {last.Text}{(isMasqueraded ? " masqueraded" : "")}",
            IptablesTargetKind.Reject => "REJECT",
            _ => steps.Count > 0 && steps[^1].Table == "filter" ? "DROP" : "",
        };
    }
}
