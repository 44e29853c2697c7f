using KubeSim.Addressing;
using KubeSim.Dataplane;
using KubeSim.LoadBalancing;
using KubeSim.Simulation;
using KubeSim.Tests.Dataplane;
using KubeSim.Tracing;

namespace KubeSim.Tests.LoadBalancing.Ipvs;

[TestFixture]
public sealed class IpvsPolicyTests
{
    private static IEnumerable<string> Schedulers => LoadBalancerPolicy.IpvsSchedulers;

    [TestCaseSource(nameof(Schedulers))]
    public void Each_scheduler_makes_balancers_of_its_own(string scheduler)
    {
        LoadBalancerPolicy policy = LoadBalancerPolicy.Ipvs(scheduler);
        policy.Name.Should().Be("ipvs-" + scheduler);
        policy.Create().Should().NotBeSameAs(policy.Create());
    }

    [Test]
    public void A_scheduler_that_is_not_known_is_refused_with_those_that_are()
    {
        FluentActions.Invoking(() => LoadBalancerPolicy.Ipvs("lblc")).Should().Throw<ArgumentException>()
            .WithMessage("There is no IPVS scheduler 'lblc'; there are rr, wrr, lc, wlc, sed, nq, sh, dh, mh, twos.*");
        FluentActions.Invoking(() => LoadBalancerPolicy.Ipvs("")).Should().Throw<ArgumentException>();
    }

    [TestCase(-1)]
    [TestCase(65_536)]
    public void A_weight_outside_the_range_of_ipvsadm_is_refused(int weight) =>
        FluentActions.Invoking(() => new VirtualService("wrr", "A", [weight]).Pick()).Should().Throw<InvalidOperationException>()
            .WithMessage($"The weight of 10.244.0.1:8080 is {weight}; it must be 0 to 65535.");

    [TestCaseSource(nameof(Schedulers))]
    public void A_weight_is_asked_for_once_for_each_server_of_a_list(string scheduler)
    {
        int asked = 0;
        ILoadBalancer balancer = LoadBalancerPolicy.Ipvs(scheduler, _ => ++asked).Create();
        var set = BackendSet.Of(new Backend(VirtualService.Address('A')), new Backend(VirtualService.Address('B')));
        for (int i = 0; i < 10; i++) balancer.Pick(new PickContext(default, set, new DeterministicRandom(1), TimeSpan.Zero, null));
        asked.Should().Be(2);
    }

    [TestCaseSource(nameof(Schedulers))]
    public void Peeking_tells_the_next_pick_and_changes_nothing(string scheduler)
    {
        var looked = new VirtualService(scheduler, "ABC", [4, 3, 2]);
        var untouched = new VirtualService(scheduler, "ABC", [4, 3, 2]);
        for (int i = 0; i < 30; i++)
        {
            RandomState place = looked.Random.Save();
            char first = looked.Peek();
            looked.Random.Restore(place);
            looked.Peek().Should().Be(first);
            looked.Random.Restore(place);
            looked.Opens(1).Should().Be(first.ToString());
            untouched.Opens(1).Should().Be(first.ToString());
        }
    }

    [TestCaseSource(nameof(Schedulers))]
    public void A_pick_allocates_nothing(string scheduler)
    {
        ILoadBalancer balancer = LoadBalancerPolicy.Ipvs(scheduler, static _ => 3).Create();
        var set = BackendSet.Of([.. "ABCDEFGH".Select(server => new Backend(VirtualService.Address(server)))]);
        var random = new DeterministicRandom(1);
        var flows = new ActiveFlowCounts();
        foreach (char server in "ABCDEFGH") flows.Opened(VirtualService.Address(server));
        long least = long.MaxValue;
        for (int batch = 0; batch < 4; batch++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 500; i++)
            {
                var flow = new Flow(new IpPort(IpAddress.FromIPv4((uint)i), (ushort)1), new IpPort(IpAddress.FromIPv4(7), (ushort)80), TransportProtocol.Tcp);
                balancer.Pick(new PickContext(flow, set, random, TimeSpan.FromSeconds(i), flows));
            }

            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        least.Should().Be(0);
    }

    [TestCaseSource(nameof(Schedulers))]
    public void Where_every_endpoint_is_quiesced_the_connection_is_refused_and_the_trace_says_why(string scheduler)
    {
        var lab = new Lab(policy: LoadBalancerPolicy.Ipvs(scheduler, static _ => 0));
        lab.Install(Lab.Rule(Lab.Name(), 8080, lab.Pod("web-0", "2.7"), lab.Pod("web-1", "2.8")));

        Verdict verdict = lab.Open(lab.Node(1).Sender, Lab.ClusterIP + ":80");
        verdict.Outcome.Should().Be(ConnectionOutcome.Refused);
        lab.Node(1).Conntrack.Entries(TimeSpan.Zero).Should().BeEmpty();
        Trace trace = lab.Trace(lab.Node(1).Sender, Lab.ClusterIP + ":80");
        trace.Reason.Should().Be(new Reason(
            ReasonCode.NoEndpointPicked, $"the load-balancing policy 'ipvs-{scheduler}' on node-1 gives no endpoint of Service default/web to this flow", "service/default/web"));
        trace.ToString().Should().Contain("no endpoint picked, answered with ICMP port unreachable");
    }

    [Test]
    public void Every_node_begins_its_round_with_the_same_endpoints()
    {
        var lab = new Lab(5, policy: LoadBalancerPolicy.Ipvs("rr"));
        lab.Install(Lab.Rule(Lab.Name(), 8080, [.. Enumerable.Range(0, 10).Select(i => lab.Pod($"web-{i}", $"2.{i + 7}"))]));
        lab.Nodes.SelectMany(node => new[] { lab.Open(node.Sender, Lab.ClusterIP + ":80"), lab.Open(node.Sender, Lab.ClusterIP + ":80") })
            .GroupBy(verdict => verdict.Server!.PodName, StringComparer.Ordinal).Select(pod => (pod.Key, pod.Count()))
            .Should().Equal(("default/web-0", 5), ("default/web-1", 5));
    }

    [Test]
    public void A_weight_may_come_from_where_an_endpoint_runs()
    {
        var lab = new Lab(policy: LoadBalancerPolicy.Ipvs("wrr", backend => backend.Zone == "a" ? 3 : 1));
        lab.Install(Lab.Rule(Lab.Name(), 8080, lab.Pod("web-0", "1.7"), lab.Pod("web-1", "2.7")));
        string.Concat(Enumerable.Range(0, 8).Select(_ => lab.Open(lab.Node(2).Sender, Lab.ClusterIP + ":80").Server!.PodName[^1])).Should().Be("00010001");
    }

    [Test]
    public void The_connections_of_a_node_are_what_its_scheduler_counts()
    {
        var lab = new Lab(policy: LoadBalancerPolicy.Ipvs("lc"));
        lab.Install(Lab.Rule(Lab.Name(), 8080, lab.Pod("web-0", "2.7"), lab.Pod("web-1", "2.8")));
        string Dial(bool close)
        {
            Verdict verdict = lab.Open(lab.Node(1).Sender, Lab.ClusterIP + ":80");
            if (close) lab.Network.Close(verdict.Handle);
            return verdict.Server!.PodName[^1..];
        }

        (Dial(close: true) + Dial(close: true) + Dial(close: true)).Should().Be("010", "a closed connection counts for two minutes");
        Dial(close: false).Should().Be("1");
        (Dial(close: true) + Dial(close: true)).Should().Be("00", "an open one weighs more than closed ones");
        lab.Advance(120);
        Dial(close: false).Should().Be("0");
        Dial(close: false).Should().Be("0", "one to one, and web-0 is the first");
    }
}
