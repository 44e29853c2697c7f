using KubeSim.Addressing;
using KubeSim.Dataplane;
using KubeSim.LoadBalancing;
using KubeSim.Proxy.Rendering.Iptables;
using KubeSim.Tests.Dataplane;

namespace KubeSim.Tests.Proxy.Rendering.Iptables;

[TestFixture]
public sealed class IptablesServicePortBuilderTests
{
    [Test]
    public void Endpoints_stand_in_the_order_of_their_texts_across_slices()
    {
        IptablesServicePort port = Build(BackendSet.FromChunks([At("10.1.1.1:80"), At("10.1.1.20:80")], [At("10.1.1.11:80")]));

        port.ChainRules.Where(rule => rule.Target.Text.StartsWith("KUBE-SEP-", StringComparison.Ordinal)).Select(rule => rule.Matches[0].Text).Should()
            .Equal("default/web:http -> 10.1.1.11:80", "default/web:http -> 10.1.1.1:80", "default/web:http -> 10.1.1.20:80");
    }

    [Test]
    public void An_endpoint_of_both_lists_has_one_chain()
    {
        IptablesServicePort port = Build(BackendSet.Of(At("10.1.1.1:80"), At("10.1.1.3:80")), BackendSet.Of(At("10.1.1.2:80"), At("10.1.1.3:80")));

        port.Chains.Where(chain => chain.StartsWith("KUBE-SEP-", StringComparison.Ordinal)).Should().HaveCount(3).And.OnlyHaveUniqueItems();
    }

    [Test]
    public void Every_jump_leads_to_a_chain_that_is_there()
    {
        var lab = new Lab();
        foreach (ServiceRule rule in ServiceDecisionOracleTests.AllRules())
        {
            IptablesServicePort port = IptablesServicePortBuilder.Build(new IptablesSettings(lab.Node(1), isIPv6: false), rule, isLargeCluster: false);
            string[] targets = [.. port.Captures.Concat(port.ChainRules).Where(made => made.Target.Kind == IptablesTargetKind.Jump).Select(made => made.Target.Text).Where(chain => chain != IptablesChains.MarkMasq)];
            targets.Except(port.Chains, StringComparer.Ordinal).Should().BeEmpty("of {0}", rule);
            port.Chains.Except(port.ChainRules.Select(made => made.Chain), StringComparer.Ordinal).Should().BeEmpty("of {0}", rule);
        }
    }

    private static IptablesServicePort Build(BackendSet cluster, BackendSet? local = null)
    {
        var rule = new ServiceRule
        {
            Name = Lab.Name(),
            ClusterIP = Lab.Ip(Lab.ClusterIP),
            Port = 80,
            ExternalLocal = local is not null,
            NodePort = 30080,
            Cluster = BackendSelection.Of(cluster),
            Local = BackendSelection.Empty.WithNode("node-1", local),
            HasAny = true,
        };
        return IptablesServicePortBuilder.Build(new IptablesSettings(new Lab().Node(1), isIPv6: false), rule, isLargeCluster: false);
    }

    private static Backend At(string address) => new(IpPort.Parse(address));
}
