using KubeSim.Dataplane;
using KubeSim.Tracing;
using static KubeSim.Tests.Pains.PainCluster;

namespace KubeSim.Tests.Pains;

/// <summary>What is of the other family is passed over without a word.</summary>
[TestFixture]
public sealed class P16DualStackTests
{
    [Test]
    public void External_addresses_of_the_other_family_are_silently_skipped([Values] ProxyMode mode)
    {
        using Cluster cluster = With(Web("externalIPs: [192.0.2.80, '2001:db8::80']"), Mode(mode), "node-1");
        cluster.Pod("client").Connect("192.0.2.80:80").IsEstablished.Should().BeTrue();
        cluster.Pod("client").Connect("[2001:db8::80]:80").Outcome.Should().Be(ConnectionOutcome.NoRoute);
    }

    [Test]
    public void Source_ranges_of_the_other_family_alone_let_everybody_in([Values] ProxyMode mode)
    {
        using Cluster cluster = With(Web("type: LoadBalancer, loadBalancerSourceRanges: ['2001:db8::/32']"), Mode(mode), "node-1");
        cluster.External("203.0.113.99").Connect(cluster.Vip()).IsEstablished.Should().BeTrue("the list is empty for IPv4");
    }
}
