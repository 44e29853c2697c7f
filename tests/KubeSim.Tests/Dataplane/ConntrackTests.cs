using KubeSim.Addressing;
using KubeSim.Dataplane;
using KubeSim.LoadBalancing;
using KubeSim.Tracing;

namespace KubeSim.Tests.Dataplane;

[TestFixture]
public sealed class ConntrackTests
{
    private const string Service = Lab.ClusterIP + ":80";

    private static (Lab Lab, PodAttachment Client, PodAttachment[] Pods) Web(TransportProtocol protocol = TransportProtocol.Tcp)
    {
        var lab = new Lab();
        PodAttachment[] pods = [lab.Pod("web-0", "2.7"), lab.Pod("web-1", "2.8"), lab.Pod("web-2", "1.9")];
        lab.Install(Lab.Rule(Lab.Name(protocol: protocol), 8080, pods) with { NodePort = 30080 });
        return (lab, lab.Pod("client", "1.5"), pods);
    }

    [Test]
    public void An_open_connection_keeps_its_endpoint_whatever_becomes_of_the_service()
    {
        (Lab lab, PodAttachment client, _) = Web();
        Verdict open = lab.Open(client.Sender, Service);
        lab.Install(lab.Table.Without(Lab.Name()));

        for (int i = 0; i < 10; i++)
        {
            Verdict sent = lab.Network.Send(client.Sender, open.Flow, open.Handle);
            sent.IsEstablished.Should().BeTrue();
            sent.Translated.Should().Be(open.Translated);
            sent.Handle.Should().Be(open.Handle);
        }

        lab.Open(client.Sender, Service).Reason.Should().Be(ReasonCode.NoSuchClusterIP);
    }

    [Test]
    public void A_packet_on_an_open_connection_shows_as_a_conntrack_hit()
    {
        (Lab lab, PodAttachment client, _) = Web();
        Verdict open = lab.Open(client.Sender, Service);
        var recorder = new TraceRecorder();
        Verdict sent = lab.Network.Send(client.Sender, open.Flow, open.Handle, recorder);
        Trace trace = lab.Network.ToTrace(client.Sender, Service, sent, recorder);

        trace.Find<Step.ConntrackHit>()!.Destination.Should().Be(open.Endpoint);
        trace.Has<Step.Balance>().Should().BeFalse();
        trace.Has<Step.Deliver>().Should().BeTrue();
    }

    [Test]
    public void A_connection_to_a_pod_that_has_gone_hangs_and_one_to_its_successor_is_reset()
    {
        (Lab lab, PodAttachment client, PodAttachment[] pods) = Web();
        Verdict open = lab.Open(client.Sender, Service);
        PodAttachment server = open.Server!;
        server.Dispose();

        Verdict hanging = lab.Network.Send(client.Sender, open.Flow, open.Handle);
        hanging.Outcome.Should().Be(ConnectionOutcome.TimedOut);
        lab.Network.Explain(client.Sender, hanging)!.Message.Should().Be($"Pod {server.PodName} ({server.Addresses[0]}), which served the connection, has gone");

        lab.Network.Attach(server.Node, "default/successor", server.Addresses, false, [], true);
        lab.Network.Send(client.Sender, open.Flow, open.Handle).Outcome.Should().Be(ConnectionOutcome.Reset);
        pods.Should().Contain(server);
    }

    [Test]
    public void A_closed_connection_is_forgotten_by_every_machine_and_a_packet_on_it_is_reset()
    {
        (Lab lab, _, _) = Web();
        NetworkHost user = lab.Network.AddHost("user", Lab.Ip("203.0.113.7"));
        Verdict open = lab.Open(user.Sender, "192.168.0.1:30080");
        (user.Sender.Conntrack.Count, lab.Node(1).Conntrack.Count).Should().Be((1, 1));

        lab.Network.Close(open.Handle);
        lab.Network.Close(open.Handle);
        lab.Network.Close(default);

        (user.Sender.Conntrack.Count, lab.Node(1).Conntrack.Count).Should().Be((0, 0));
        Verdict sent = lab.Network.Send(user.Sender, open.Flow, open.Handle);
        sent.Outcome.Should().Be(ConnectionOutcome.Reset);
        sent.Reason.Should().Be(ReasonCode.ConntrackExpired);
    }

    [Test]
    public void A_handle_does_not_name_the_connection_that_came_after()
    {
        (Lab lab, PodAttachment client, _) = Web();
        Verdict first = lab.Open(client.Sender, Service);
        lab.Network.Close(first.Handle);
        Verdict second = lab.Open(client.Sender, Service);
        lab.Network.Close(first.Handle);

        second.Handle.Slot.Should().Be(first.Handle.Slot);
        lab.Network.Send(client.Sender, second.Flow, second.Handle).IsEstablished.Should().BeTrue();
    }

    [Test]
    public void An_idle_TCP_connection_is_forgotten_after_a_day()
    {
        (Lab lab, PodAttachment client, _) = Web();
        Verdict open = lab.Open(client.Sender, Service);
        lab.Advance((24 * 3_600) - 1);
        lab.Network.Send(client.Sender, open.Flow, open.Handle).IsEstablished.Should().BeTrue();
        lab.Advance(24 * 3_600);
        lab.Network.Send(client.Sender, open.Flow, open.Handle).Reason.Should().Be(ReasonCode.ConntrackExpired);
    }

    [Test]
    public void A_UDP_flow_stays_with_its_endpoint_until_it_is_silent_for_two_minutes()
    {
        (Lab lab, PodAttachment client, _) = Web(TransportProtocol.Udp);
        Verdict open = lab.Open(client.Sender, Service, TransportProtocol.Udp);
        for (int i = 0; i < 10; i++)
        {
            lab.Advance(119);
            lab.Network.Connect(client.Sender, open.Flow).Endpoint.Should().Be(open.Endpoint);
        }

        lab.Node(1).Conntrack.Entries(lab.Network.Now).Should().ContainSingle();
        lab.Advance(120);
        lab.Node(1).Conntrack.Entries(lab.Network.Now).Should().BeEmpty();
    }

    [Test]
    public void A_UDP_client_goes_on_sending_to_a_pod_that_has_gone_until_its_entry_is_deleted()
    {
        (Lab lab, PodAttachment client, PodAttachment[] pods) = Web(TransportProtocol.Udp);
        Verdict open = lab.Open(client.Sender, Service, TransportProtocol.Udp);
        open.Server!.Dispose();
        lab.Install(Lab.Rule(Lab.Name(protocol: TransportProtocol.Udp), 8080, [.. pods.Where(pod => pod != open.Server)]));

        lab.Network.Connect(client.Sender, open.Flow).Outcome.Should().Be(ConnectionOutcome.TimedOut);
        lab.Node(1).Conntrack.Delete((original, reply) => reply.Source == open.Endpoint, lab.Network.Now).Should().Be(1);

        lab.Network.Connect(client.Sender, open.Flow).IsEstablished.Should().BeTrue();
    }

    [Test]
    public void A_UDP_client_that_began_before_its_service_is_stuck_until_it_is_silent_for_half_a_minute()
    {
        (Lab lab, PodAttachment client, PodAttachment[] pods) = Web();
        Verdict early = lab.Open(client.Sender, Service, TransportProtocol.Udp);
        early.IsEstablished.Should().BeFalse();
        lab.Install(Lab.Rule(Lab.Name(protocol: TransportProtocol.Udp), 8080, pods));

        lab.Advance(29);
        lab.Network.Connect(client.Sender, early.Flow).IsEstablished.Should().BeFalse();
        lab.Advance(30);
        lab.Network.Connect(client.Sender, early.Flow).IsEstablished.Should().BeTrue();
    }

    [Test]
    public void A_UDP_entry_outlives_the_socket_and_its_port_can_be_used_again()
    {
        (Lab lab, PodAttachment client, _) = Web(TransportProtocol.Udp);
        Verdict open = lab.Open(client.Sender, Service, TransportProtocol.Udp);
        lab.Network.Close(open.Handle);

        lab.Node(1).Conntrack.Count.Should().Be(1);
        lab.Node(1).Conntrack.IsInUse(open.Flow, lab.Network.Now).Should().BeFalse();
        lab.Network.Connect(client.Sender, open.Flow).Endpoint.Should().Be(open.Endpoint);
    }

    [Test]
    public void Source_ports_go_round_and_skip_those_in_use()
    {
        (Lab lab, PodAttachment client, _) = Web();
        Verdict kept = lab.Open(client.Sender, Service);
        kept.Flow.Source.Port.Should().Be(32768);
        ushort last = 0;
        for (int i = 0; i < 28_231; i++)
        {
            Verdict verdict = lab.Open(client.Sender, Service);
            last = verdict.Flow.Source.Port;
            lab.Network.Close(verdict.Handle);
        }

        last.Should().Be(60999);
        lab.Open(client.Sender, Service).Flow.Source.Port.Should().Be(32769, "32768 is in use");
    }

    [Test]
    public void When_every_source_port_is_in_use_the_client_cannot_connect_there_but_elsewhere()
    {
        (Lab lab, PodAttachment client, PodAttachment[] pods) = Web();
        for (int i = 0; i < 28_232; i++)
        {
            lab.Open(client.Sender, Service).IsEstablished.Should().BeTrue();
        }

        lab.Open(client.Sender, Service).Reason.Should().Be(ReasonCode.NoFreePort);
        lab.Network.Open(client.Sender, new IpPort(pods[0].Addresses[0], (ushort)9), TransportProtocol.Tcp).IsEstablished.Should().BeTrue();
    }

    [Test]
    public void Answers_are_translated_back_and_no_two_flows_share_their_answers()
    {
        (Lab lab, PodAttachment client, PodAttachment[] pods) = Web();
        NetworkHost[] users = [.. Enumerable.Range(10, 20).Select(i => lab.Network.AddHost("user-" + i, Lab.Ip($"203.0.113.{i}")))];
        Conntrack conntrack = lab.Node(1).Conntrack;
        var random = new Random(7);
        var open = new List<Verdict>();
        for (int i = 0; i < 3_000; i++)
        {
            if (open.Count > 0 && random.Next(3) == 0)
            {
                int place = random.Next(open.Count);
                lab.Network.Close(open[place].Handle);
                open.RemoveAt(place);
                continue;
            }

            // The same source port to the Service and straight to its endpoint: only one can keep it.
            var source = new IpPort(client.Addresses[0], (ushort)(40_000 + random.Next(400)));
            Verdict verdict = random.Next(3) switch
            {
                0 => lab.Open(users[random.Next(users.Length)].Sender, "192.168.0.1:30080"),
                1 => lab.Network.Connect(client.Sender, new Flow(source, Lab.At(Service), TransportProtocol.Tcp)),
                _ => lab.Network.Connect(client.Sender, new Flow(source, new IpPort(pods[random.Next(3)].Addresses[0], (ushort)8080), TransportProtocol.Tcp)),
            };
            open.RemoveAll(known => known.Handle == verdict.Handle);
            open.Add(verdict);
        }

        ConntrackEntry[] entries = [.. conntrack.Entries(lab.Network.Now)];
        entries.Should().HaveCount(open.Count);
        entries.Select(entry => entry.Reply).Should().OnlyHaveUniqueItems();
        entries.Select(entry => entry.Original).Should().OnlyHaveUniqueItems();
        entries.Count(entry => entry.Reply.Destination.Address == client.Addresses[0] && entry.Reply.Destination.Port != entry.Original.Source.Port).Should().BePositive("some ports were taken");
        foreach (ConntrackEntry entry in entries)
        {
            conntrack.TryTranslateReply(entry.Reply, lab.Network.Now, out Flow towardsClient).Should().BeTrue();
            towardsClient.Should().Be(entry.Original.Reversed);
        }
    }

    [Test]
    public void The_table_agrees_with_a_dictionary()
    {
        var conntrack = new Conntrack("node-1", null);
        var model = new Dictionary<Flow, (ConnectionHandle Handle, TimeSpan Until)>();
        var random = new Random(3);
        TimeSpan now = TimeSpan.Zero;
        for (int i = 0; i < 20_000; i++)
        {
            now += TimeSpan.FromSeconds(random.Next(3));
            var flow = new Flow(new IpPort(Lab.Ip("10.0.0.1"), random.Next(60)), Lab.At("10.0.0.2:53"), TransportProtocol.Udp);
            bool isKnown = model.TryGetValue(flow, out var known) && known.Until > now;
            conntrack.Find(flow, now).Should().Be(isKnown ? known.Handle.Slot : -1);
            conntrack.FindReply(flow.Reversed, now).Should().Be(isKnown ? known.Handle.Slot : -1);
            if (!isKnown)
            {
                conntrack.Add(flow, flow.Reversed, false, now, out ConnectionHandle handle);
                model[flow] = (handle, now + TimeSpan.FromSeconds(30));
            }
            else if (random.Next(2) == 0)
            {
                conntrack.Refresh(known.Handle.Slot, now);
                model[flow] = (known.Handle, now + TimeSpan.FromSeconds(30));
            }
            else
            {
                conntrack.Delete((original, _) => original == flow, now).Should().Be(1);
                model.Remove(flow);
            }
        }

        conntrack.Entries(now).Should().HaveCount(model.Count(entry => entry.Value.Until > now));
        conntrack.Count.Should().BeLessThanOrEqualTo(128, "what has expired makes room before the table grows");
    }

    [Test]
    public void A_node_that_reboots_knows_no_flow_and_no_rule()
    {
        (Lab lab, PodAttachment client, _) = Web();
        Verdict open = lab.Open(client.Sender, Service);
        lab.Node(1).Reboot();

        lab.Network.Send(client.Sender, open.Flow, open.Handle).Outcome.Should().Be(ConnectionOutcome.Reset);
        Verdict again = lab.Open(client.Sender, Service);
        lab.Network.Explain(client.Sender, again)!.Message.Should().Be("nobody has the address 10.96.41.7, and kube-proxy on node-1 has not installed any rules yet");
    }

    [Test]
    public void A_balancer_is_told_when_its_connections_end()
    {
        var told = new List<FlowCompletion>();
        var lab = new Lab(policy: LoadBalancerPolicy.From("listening", () => new Listening(told)));
        PodAttachment web = lab.Pod("web-0", "2.7");
        lab.Install(Lab.Rule(Lab.Name(), 8080, web));
        Verdict open = lab.Open(lab.Node(1).Sender, Service);
        lab.Advance(5);
        lab.Network.Close(open.Handle);

        told.Should().Equal(new FlowCompletion(Lab.At("10.244.2.7:8080"), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(5)));
    }

    private sealed class Listening(List<FlowCompletion> told) : ILoadBalancer
    {
        public int Pick(in PickContext context) => 0;

        public void OnClosed(in FlowCompletion completion) => told.Add(completion);
    }
}
