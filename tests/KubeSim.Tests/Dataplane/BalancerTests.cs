using KubeSim.Dataplane;
using KubeSim.LoadBalancing;

namespace KubeSim.Tests.Dataplane;

[TestFixture]
public sealed class BalancerTests
{
    private const string Service = Lab.ClusterIP + ":80";

    [TestCase(-2)]
    [TestCase(2)]
    public void A_pick_outside_the_list_is_a_mistake_of_the_policy(int place)
    {
        var lab = new Lab(policy: LoadBalancerPolicy.From("astray", () => new Fixed(place)));
        lab.Install(Lab.Rule(Lab.Name(), 8080, lab.Pod("web-0", "2.7"), lab.Pod("web-1", "2.8")));

        FluentActions.Invoking(() => lab.Open(lab.Node(1).Sender, Service)).Should().Throw<InvalidOperationException>()
            .WithMessage($"The load-balancing policy 'astray' picked place {place} of 2 endpoints; it must be 0 to 1.");
    }

    [Test]
    public void There_is_one_balancer_for_each_service_port_on_each_node_made_when_needed()
    {
        int made = 0;
        var lab = new Lab(3, policy: LoadBalancerPolicy.From("counted", () =>
        {
            made++;
            return new Fixed(0);
        }));
        lab.Install(Lab.Rule(Lab.Name(), 8080, lab.Pod("web-0", "2.7")));
        made.Should().Be(0);
        for (int i = 0; i < 5; i++)
        {
            lab.Open(lab.Node(1).Sender, Service);
            lab.Open(lab.Node(2).Sender, Service);
        }

        made.Should().Be(2);
    }

    [Test]
    public void The_flows_that_are_open_count_on_the_node_that_placed_them()
    {
        var lab = new Lab(policy: LoadBalancerPolicy.LeastConnections);
        lab.Install(Lab.Rule(Lab.Name(), 8080, lab.Pod("web-0", "2.7"), lab.Pod("web-1", "2.8")));
        Verdict[] open = [.. Enumerable.Range(0, 4).Select(_ => lab.Open(lab.Node(1).Sender, Service))];
        open.Select(verdict => verdict.Server!.PodName).Should().Equal("default/web-0", "default/web-1", "default/web-0", "default/web-1");
        lab.Network.Close(open[1].Handle);
        lab.Network.Close(open[3].Handle);
        lab.Open(lab.Node(1).Sender, Service).Server.Should().BeSameAs(open[1].Server);
        lab.Open(lab.Node(2).Sender, Service).Server.Should().BeSameAs(open[0].Server, "node-2 has none open");
    }

    [Test]
    public void A_balancer_hears_of_another_list_before_the_next_pick()
    {
        var lengths = new List<int>();
        var lab = new Lab(policy: LoadBalancerPolicy.From("hearing", () => new Hearing(lengths)));
        PodAttachment[] pods = [lab.Pod("web-0", "2.7"), lab.Pod("web-1", "2.8")];
        lab.Install(Lab.Rule(Lab.Name(), 8080, pods));
        lab.Open(lab.Node(1).Sender, Service);
        lab.Open(lab.Node(1).Sender, Service);
        lab.Install(Lab.Rule(Lab.Name(), 8080, pods[0]));
        lengths.Should().BeEmpty();
        lab.Open(lab.Node(1).Sender, Service);
        lengths.Should().Equal(1);
    }

    private sealed class Fixed(int place) : ILoadBalancer
    {
        public int Pick(in PickContext context) => place;
    }

    private sealed class Hearing(List<int> lengths) : ILoadBalancer
    {
        public int Pick(in PickContext context) => 0;

        public void OnEndpointsChanged(in EndpointsChange change) => lengths.Add(change.Endpoints.Length);
    }
}
