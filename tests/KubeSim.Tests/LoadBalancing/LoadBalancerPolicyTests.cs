using KubeSim.Addressing;
using KubeSim.LoadBalancing;
using KubeSim.Simulation;

namespace KubeSim.Tests.LoadBalancing;

[TestFixture]
public sealed class LoadBalancerPolicyTests
{
    private static readonly BackendSet Three = BackendSet.Of([.. Enumerable.Range(1, 3).Select(i => new Backend(new IpPort(IpAddress.FromIPv4((uint)i), (ushort)80)))]);

    private static int Pick(ILoadBalancer balancer, BackendSet? set = null, ActiveFlowCounts? flows = null, DeterministicRandom? random = null) =>
        balancer.Pick(new PickContext(default, set ?? Three, random ?? new DeterministicRandom(1), TimeSpan.Zero, flows));

    [Test]
    public void Random_picks_every_endpoint_equally_often()
    {
        var random = new DeterministicRandom(5);
        ILoadBalancer balancer = LoadBalancerPolicy.Random.Create();
        int[] counts = new int[3];
        for (int i = 0; i < 30_000; i++) counts[Pick(balancer, random: random)]++;

        // Chi-square with two degrees of freedom: above 13.8 once in a thousand; the seed is fixed.
        counts.Sum(count => Math.Pow(count - 10_000, 2) / 10_000).Should().BeLessThan(13.8);
    }

    [Test]
    public void Round_robin_goes_in_order_and_begins_again_when_the_list_shrinks()
    {
        ILoadBalancer balancer = LoadBalancerPolicy.RoundRobin.Create();
        Enumerable.Range(0, 5).Select(_ => Pick(balancer)).Should().Equal(0, 1, 2, 0, 1);
        balancer.Peek(new PickContext(default, Three, new DeterministicRandom(1), TimeSpan.Zero, null)).Should().Be(2);
        Pick(balancer, BackendSet.Of(Three[0], Three[1])).Should().Be(0);
        Pick(balancer).Should().Be(1);
    }

    [Test]
    public void Least_connections_takes_the_first_with_the_fewest()
    {
        var flows = new ActiveFlowCounts();
        ILoadBalancer balancer = LoadBalancerPolicy.LeastConnections.Create();
        Pick(balancer, flows: flows).Should().Be(0);
        flows.Opened(Three[0].Address);
        Pick(balancer, flows: flows).Should().Be(1);
        flows.Opened(Three[1].Address);
        flows.Opened(Three[2].Address);
        Pick(balancer, flows: flows).Should().Be(0);
        flows.Closed(Three[2].Address);
        Pick(balancer, flows: flows).Should().Be(2);
    }

    [Test]
    public void Of_two_choices_the_less_busy_wins()
    {
        var flows = new ActiveFlowCounts();
        for (int i = 0; i < 10; i++) flows.Opened(Three[1].Address);
        ILoadBalancer balancer = LoadBalancerPolicy.PowerOfTwoChoices.Create();
        var random = new DeterministicRandom(3);
        int[] counts = new int[3];
        for (int i = 0; i < 9_000; i++) counts[Pick(balancer, flows: flows, random: random)]++;

        // Only two equal draws give the busy one: one in nine.
        counts[1].Should().BeInRange(900, 1_100);
    }

    [Test]
    public void A_policy_of_ones_own_has_a_name_and_makes_balancers()
    {
        LoadBalancerPolicy policy = LoadBalancerPolicy.From("last", () => new Last());
        policy.ToString().Should().Be("last");
        Pick(policy.Create()).Should().Be(2);
        policy.Create().Should().NotBeSameAs(policy.Create());
        FluentActions.Invoking(() => LoadBalancerPolicy.From("", () => new Last())).Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => LoadBalancerPolicy.From("null", () => null!).Create()).Should().Throw<InvalidOperationException>().WithMessage("*'null'*");
    }

    private sealed class Last : ILoadBalancer
    {
        public int Pick(in PickContext context) => context.Endpoints.Length - 1;
    }
}
