using KubeSim.Addressing;
using KubeSim.Dataplane;
using KubeSim.LoadBalancing;

namespace KubeSim.Tests.Dataplane;

[TestFixture]
public sealed class DataplaneAllocationTests
{
    private const int Rounds = 2_000;

    private static readonly LoadBalancerPolicy[] Policies =
        [LoadBalancerPolicy.Random, LoadBalancerPolicy.RoundRobin, LoadBalancerPolicy.PowerOfTwoChoices, LoadBalancerPolicy.LeastConnections];

    [TestCaseSource(nameof(Policies))]
    public void Opening_sending_and_closing_allocate_nothing(LoadBalancerPolicy policy)
    {
        var lab = new Lab(policy: policy);
        lab.Install(Lab.Rule(Lab.Name(), 8080, lab.Pod("web-0", "2.7"), lab.Pod("web-1", "1.8"), lab.Pod("web-2", "2.9")) with { NodePort = 30080, AffinityTimeout = TimeSpan.FromSeconds(5) });
        lab.Install(Lab.Rule(Lab.Name("dns", "dns", TransportProtocol.Udp), 53, lab.Pod("dns", "1.9")) with { ClusterIP = Lab.Ip("10.96.0.10") });
        Sender client = lab.Pod("client", "1.5").Sender;
        Sender user = lab.Network.AddHost("user", Lab.Ip("203.0.113.7")).Sender;
        IpPort service = Lab.At("10.96.41.7:80");
        IpPort nodePort = Lab.At("192.168.0.2:30080");
        IpPort dns = Lab.At("10.96.0.10:53");
        IpPort nowhere = Lab.At("10.96.0.99:80");

        AllocatedBy(() => Round(lab.Network, client, service, TransportProtocol.Tcp)).Should().Be(0, "to a ClusterIP");
        AllocatedBy(() => Round(lab.Network, user, nodePort, TransportProtocol.Tcp)).Should().Be(0, "to a node port");
        AllocatedBy(() => Round(lab.Network, client, nowhere, TransportProtocol.Tcp)).Should().Be(0, "to nowhere");
        AllocatedBy(() =>
        {
            Round(lab.Network, client, dns, TransportProtocol.Udp);
            lab.Advance(1);
        }).Should().Be(0, "by UDP, with entries that time out");
    }

    private static void Round(Network network, Sender sender, IpPort destination, TransportProtocol protocol)
    {
        Verdict verdict = network.Open(sender, destination, protocol);
        network.Send(sender, verdict.Flow, verdict.Handle);
        network.Close(verdict.Handle);
    }

    /// <summary>The least of several batches: the runtime allocates for itself now and then, at most in the first ones.</summary>
    private static long AllocatedBy(Action action)
    {
        long least = long.MaxValue;
        for (int batch = 0; batch < 4; batch++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < Rounds; i++) action();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }
}
