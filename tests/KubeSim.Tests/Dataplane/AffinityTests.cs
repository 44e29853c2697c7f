using KubeSim.Addressing;
using KubeSim.Dataplane;
using KubeSim.LoadBalancing;
using KubeSim.Simulation;
using KubeSim.Tracing;

namespace KubeSim.Tests.Dataplane;

[TestFixture]
public sealed class AffinityTests
{
    private const string Service = Lab.ClusterIP + ":80";
    private static readonly TimeSpan Timeout = TimeSpan.FromHours(3);

    private static (Lab Lab, PodAttachment Client, ServiceRule Rule) Three()
    {
        var lab = new Lab();
        ServiceRule rule = Lab.Rule(Lab.Name(), 8080, lab.Pod("web-0", "2.7"), lab.Pod("web-1", "2.8"), lab.Pod("web-2", "1.9")) with { AffinityTimeout = Timeout };
        lab.Install(rule);
        return (lab, lab.Pod("client", "1.5"), rule);
    }

    [Test]
    public void A_client_stays_with_its_endpoint_and_each_connection_renews_that()
    {
        (Lab lab, PodAttachment client, _) = Three();
        PodAttachment first = lab.Open(client.Sender, Service).Server!;
        for (int i = 0; i < 10; i++)
        {
            lab.Advance(Timeout.TotalSeconds);
            lab.Open(client.Sender, Service).Server.Should().BeSameAs(first);
        }
    }

    [Test]
    public void After_the_timeout_the_client_is_a_stranger()
    {
        (Lab lab, PodAttachment client, _) = Three();
        lab.Open(client.Sender, Service);
        lab.Advance(Timeout.TotalSeconds);
        lab.Trace(client.Sender, Service).Has<Step.AffinityHit>().Should().BeTrue();
        lab.Advance(1);
        Trace trace = lab.Trace(client.Sender, Service);
        trace.Has<Step.AffinityExpired>().Should().BeTrue();
        trace.Has<Step.Balance>().Should().BeTrue();
        trace.ToString().Should().Contain("no longer stays with").And.Contain("last seen 10801 s ago, kept for 10800 s");
    }

    [Test]
    public void An_endpoint_that_is_not_in_the_list_any_more_is_not_used()
    {
        (Lab lab, PodAttachment client, ServiceRule rule) = Three();
        PodAttachment first = lab.Open(client.Sender, Service).Server!;
        Backend[] others = [.. Enumerable.Range(0, 3).Select(i => rule.Cluster.Everybody[i]).Where(backend => backend.Address.Address != first.Addresses[0])];
        lab.Install(rule with { Cluster = BackendSelection.Of(BackendSet.Of(others)) });

        PodAttachment second = lab.Open(client.Sender, Service).Server!;

        second.Should().NotBeSameAs(first);
        lab.Open(client.Sender, Service).Server.Should().BeSameAs(second);
    }

    [Test]
    public void Every_entry_point_shares_the_records_and_every_node_keeps_its_own()
    {
        (Lab lab, _, ServiceRule rule) = Three();
        lab.Install(rule with { NodePort = 30080 });
        var servers = new HashSet<PodAttachment>();
        for (int i = 10; i < 60; i++)
        {
            NetworkHost user = lab.Network.AddHost("user-" + i, Lab.Ip($"203.0.113.{i}"));
            PodAttachment first = lab.Open(user.Sender, "192.168.0.1:30080").Server!;
            lab.Open(user.Sender, "192.168.0.1:30080").Server.Should().BeSameAs(first);
            if (lab.Open(user.Sender, "192.168.0.2:30080").Server != first) servers.Add(first);
        }

        servers.Should().NotBeEmpty("node-2 picks for itself");
        PodAttachment ofNode = lab.Open(lab.Node(1).Sender, Service).Server!;
        lab.Open(lab.Node(1).Sender, "192.168.0.1:30080").Server.Should().BeSameAs(ofNode);
    }

    [Test]
    public void A_removed_service_port_leaves_no_record_behind()
    {
        (Lab lab, PodAttachment client, ServiceRule rule) = Three();
        lab.Open(client.Sender, Service);
        ServiceTable without = lab.Table.Without(rule.Name);
        lab.Node(1).Install(without, rule.Name);
        lab.Node(1).Install(without.With(rule));

        lab.Trace(client.Sender, Service).Has<Step.AffinityHit>().Should().BeFalse();
    }

    [Test]
    public void A_limited_list_forgets_who_has_not_come_for_longest()
    {
        var records = new AffinityRecords(limit: 3);
        BackendSet one = BackendSet.Of(new Backend(Lab.At("10.244.1.7:8080")));
        for (int client = 1; client <= 3; client++) records.Touch(Client(client), one[0].Address, 0, Timeout, TimeSpan.FromSeconds(client));
        records.Touch(Client(1), one[0].Address, 0, Timeout, TimeSpan.FromSeconds(4));

        records.Touch(Client(4), one[0].Address, 0, Timeout, TimeSpan.FromSeconds(5));

        int[] known = [.. Enumerable.Range(1, 4).Where(client => records.Find(Client(client), one, Timeout, TimeSpan.FromSeconds(6), out _, out _) == 0)];
        known.Should().Equal(1, 3, 4);
    }

    [Test]
    public void Limited_lists_agree_with_lists_kept_plainly()
    {
        var random = new DeterministicRandom(5);
        var records = new AffinityRecords(limit: 4);
        BackendSet set = BackendSet.Of([.. Enumerable.Range(1, 3).Select(i => new Backend(Lab.At($"10.244.1.{i}:80")))]);
        List<(int Client, int Seen)>[] plain = [[], [], []];
        for (int second = 0; second < 3000; second++)
        {
            (int client, int place) = (random.NextInt32(12), random.NextInt32(3));
            foreach (List<(int Client, int Seen)> list in plain) list.RemoveAll(entry => entry.Client == client && second - entry.Seen > 20);
            plain[place].RemoveAll(entry => entry.Client == client);
            if (plain[place].Count == 4) plain[place].RemoveAt(0);
            plain[place].Add((client, second));
            records.Touch(Client(client), set[place].Address, place, TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(second));
            for (int asked = 0; asked < 12; asked++)
            {
                int expected = Array.FindIndex(plain, list => list.Exists(entry => entry.Client == asked && second - entry.Seen <= 20));
                records.Find(Client(asked), set, TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(second), out _, out _).Should().Be(expected);
            }
        }
    }

    private static IpAddress Client(int number) => Lab.Ip($"203.0.113.{number}");
}
