using KubeSim.Addressing;
using KubeSim.Dataplane;
using KubeSim.LoadBalancing;
using KubeSim.Proxy.Rendering.Nftables;
using KubeSim.Tests.Dataplane;

namespace KubeSim.Tests.Proxy.Rendering.Nftables;

/// <summary>The table as nft lists it leads a packet where the data plane leads it.</summary>
[TestFixture]
public sealed class NftablesWalkTests
{
    [Test]
    public void The_rules_decide_every_combination_as_the_data_plane_does()
    {
        int translated = 0;
        int refused = 0;
        foreach (ProxySettings settings in HandMadeRules.AllSettings().Where(settings => settings.Mode == ProxyMode.IPTables))
        {
            var lab = new Lab(settings: settings with { Mode = ProxyMode.Nftables, DetectorInterface = "cni0", OnlyPrimaryNodePortAddress = true, ServiceCidrs = [Cidr.Parse("10.96.0.0/16")] });
            NetworkNode node = lab.Node(1);
            foreach (ServiceRule rule in HandMadeRules.AllRules())
            {
                lab.Install(ServiceTable.Empty.With(rule));
                NftablesTable table = TableOf(lab);
                foreach (Flow flow in Flows())
                {
                    ServiceDecision decision = ServiceDecision.Of(node, flow);
                    Backend? picked = decision.Kind == DecisionKind.Balance ? decision.Backends[decision.Backends.Count - 1] : null;
                    var walk = NftablesWalk.Of(table, node, rule, flow, picked);
                    string expected = decision.Kind switch
                    {
                        DecisionKind.Balance => $"dnat {picked!.Value.Address}{(decision.Masquerade == MasqueradeReason.None ? "" : " masqueraded")}",
                        DecisionKind.Reject => "reject",
                        DecisionKind.Drop => "drop",
                        _ => "",
                    };
                    if (Outcome(walk) != expected) Assert.Fail($"{flow} with {rule} and {settings}: {Outcome(walk)}, but should be {expected}\n{string.Join('\n', walk.Steps)}");
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
        Lab lab = MakeLab();
        ServiceRule rule = Lab.Rule(Lab.Name(), 8080, lab.Pod("a", "1.5"), lab.Pod("b", "2.5")) with { NodePort = 30080 };
        lab.Install(rule);
        var flow = new Flow(Lab.At("203.0.113.7:4000"), Lab.At("192.168.0.1:30080"), TransportProtocol.Tcp);
        string name = NftablesNames.ServiceBase(rule.Name);

        NftablesWalk.Of(TableOf(lab), lab.Node(1), rule, flow, rule.Cluster.Everybody[0]).Steps.Select(step => $"{step.Stage} {step.Chain}: {step.Rule}").Should().Equal(
            "Match services: ip daddr @nodeport-ips meta l4proto . th dport vmap @service-nodeports",
            $"Match service-nodeports: tcp . 30080 : goto external-{name}",
            $"Masquerade external-{name}: meta mark set meta mark | 0x00004000 comment \"masquerade\"",
            $"Match external-{name}: goto service-{name}",
            $"Pick service-{name}: meta l4proto tcp dnat ip to numgen random mod 2 map {{ 0 : 10.244.1.5 . 8080, 1 : 10.244.2.5 . 8080 }}",
            $"Translate service-{name}: meta l4proto tcp dnat ip to numgen random mod 2 map {{ 0 : 10.244.1.5 . 8080, 1 : 10.244.2.5 . 8080 }}",
            "Masquerade masquerading: meta mark & 0x00004000 != 0x00000000 meta mark set meta mark ^ 0x00004000 masquerade fully-random");
    }

    [TestCase("1.5", true)]
    [TestCase("2.5", false)]
    public void A_Pod_that_reaches_itself_is_masqueraded_where_the_node_has_it(string place, bool isMasqueraded)
    {
        Lab lab = MakeLab();
        ServiceRule rule = Lab.Rule(Lab.Name(), 8080, lab.Pod("a", place));
        lab.Install(rule);
        var flow = new Flow(Lab.At($"10.244.{place}:4000"), Lab.At(Lab.ClusterIP + ":80"), TransportProtocol.Tcp);

        NftablesWalk.Of(TableOf(lab), lab.Node(1), rule, flow, rule.Cluster.Everybody[0]).IsMasqueraded.Should().Be(isMasqueraded);
    }

    [TestCase(true, "affinity", "goto endpoint-")]
    [TestCase(false, "numgen", "vmap")]
    public void With_affinity_a_client_takes_the_rule_of_its_set_or_chance_picks_a_chain(bool isRemembered, string first, string second)
    {
        Lab lab = MakeLab();
        ServiceRule rule = Lab.Rule(Lab.Name(), 8080, lab.Pod("a", "1.5"), lab.Pod("b", "2.5")) with { AffinityTimeout = TimeSpan.FromMinutes(10) };
        lab.Install(rule);
        var flow = new Flow(Lab.At("10.244.1.9:4000"), Lab.At(Lab.ClusterIP + ":80"), TransportProtocol.Tcp);

        var walk = NftablesWalk.Of(TableOf(lab), lab.Node(1), rule, flow, rule.Cluster.Everybody[1], isRemembered);

        walk.Steps.Single(step => step.Stage == RuleStage.Pick).Rule.Should().Contain(first).And.Contain(second);
        walk.Steps[^1].Should().Be(new NftablesStep(RuleStage.Translate, NftablesNames.EndpointChain(rule, Lab.At("10.244.2.5:8080")), "meta l4proto tcp dnat to 10.244.2.5:8080"));
        walk.TranslatedTo.Should().Be(Lab.At("10.244.2.5:8080"));
    }

    private static Lab MakeLab() => new(settings: new ProxySettings { Mode = ProxyMode.Nftables, ClusterCidrs = [Cidr.Parse("10.244.0.0/16")], OnlyPrimaryNodePortAddress = true });

    private static NftablesTable TableOf(Lab lab)
    {
        var sync = new NftablesSync(lab.Node(1), isIPv6: false);
        sync.Sync(lab.Table, TimeSpan.Zero);
        return sync.Table;
    }

    private static IEnumerable<Flow> Flows() =>
        from source in HandMadeRules.Sources
        from destination in HandMadeRules.Destinations
        select new Flow(new IpPort(Lab.Ip(source), (ushort)40000), Lab.At(destination), TransportProtocol.Tcp);

    private static string Outcome(NftablesWalk walk) =>
        walk.Refusal ?? (walk.TranslatedTo is { } endpoint ? $"dnat {endpoint}{(walk.IsMasqueraded ? " masqueraded" : "")}" : "");
}
