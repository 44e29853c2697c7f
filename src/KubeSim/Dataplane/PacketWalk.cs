using KubeSim.Addressing;
using KubeSim.LoadBalancing;
using KubeSim.Tracing;

namespace KubeSim.Dataplane;

/// <summary>
/// The way of one packet from its sender to whoever answers. A rehearsal goes the same way and changes nothing. Each machine on
/// the way decides, sends the packet on, and, when it is known what became of it, remembers the flow.
/// </summary>
internal readonly ref partial struct PacketWalk
{
    private const int MostHops = 8;
    private const ushort FirstMasqueradePort = 1024;
    private const int MasqueradePorts = 65536 - FirstMasqueradePort;

    private readonly Network _network;
    private readonly Sender _sender;
    private readonly TraceRecorder? _recorder;
    private readonly bool _rehearse;
    private readonly TimeSpan _now;

    /// <exception cref="InvalidOperationException">The sender is a Pod that has left the network.</exception>
    public PacketWalk(Network network, Sender sender, TraceRecorder? recorder, bool rehearse)
    {
        if (sender.Pod is { IsAttached: false })
        {
            throw new InvalidOperationException($"The Pod {sender.Name} has left the network; it cannot send any more.");
        }

        _network = network;
        _sender = sender;
        _recorder = recorder;
        _rehearse = rehearse;
        _now = network.Now;
    }

    public Verdict Open(IpPort destination, TransportProtocol protocol)
    {
        IpAddress? source = destination.Address.IsLoopback ? destination.Address : _sender.AddressTowards(destination.Address);
        if (source is not { } address)
        {
            return Lost(ConnectionOutcome.NoRoute, ReasonCode.NoSourceAddress, new Flow(default, destination, protocol), _sender.Node);
        }

        int turn = _sender.EphemeralPorts.Position;
        ushort port = _sender.EphemeralPorts.Next(_sender.Conntrack, address, destination, protocol, _now);
        if (_rehearse)
        {
            _sender.EphemeralPorts.Position = turn;
        }

        var flow = new Flow(new IpPort(address, port), destination, protocol);
        return port == 0 ? Lost(ConnectionOutcome.NoRoute, ReasonCode.NoFreePort, flow, _sender.Node) : Connect(flow);
    }

    public Verdict Connect(in Flow flow)
    {
        if (StaysInPod(flow.Destination.Address))
        {
            return DeliverToPod(_sender.Pod!, flow) with { Flow = flow };
        }

        int known = _sender.Conntrack.Find(flow, _now);
        Verdict verdict = _sender.Node is { IsUp: false } down ? Lost(ConnectionOutcome.TimedOut, ReasonCode.NodeDown, flow, down)
            : known >= 0 ? Follow(_sender.Conntrack, known, 0)
            : _sender.Node is { } node ? At(node, flow, 0)
            : Track(_sender.Conntrack, flow, flow, null, FromOutside(flow, 0, match: true));
        return verdict with { Flow = flow };
    }

    public Verdict Send(in Flow flow, in ConnectionHandle handle)
    {
        if (handle.Conntrack is not { } conntrack || conntrack.Find(handle, _now) is var slot && slot < 0)
        {
            return flow.Protocol == TransportProtocol.Udp || StaysInPod(flow.Destination.Address)
                ? Connect(flow)
                : Lost(ConnectionOutcome.Reset, ReasonCode.ConntrackExpired, flow, _sender.Node);
        }

        Verdict verdict = _sender.Node is { IsUp: false } down
            ? Lost(ConnectionOutcome.TimedOut, ReasonCode.NodeDown, flow, down)
            : Follow(conntrack, slot, 0);
        return verdict with { Flow = flow };
    }

    /// <summary>A Pod's loopback and its own address never leave it.</summary>
    private bool StaysInPod(IpAddress destination) =>
        _sender.Pod is { IsHostNetwork: false } pod && (destination.IsLoopback || ReferenceEquals(_network.PodAt(destination), pod));

    /// <summary>A new flow as a node sees it: what its service table says, and what comes of that.</summary>
    private Verdict At(NetworkNode node, in Flow flow, int hops)
    {
        if (hops > 0 && flow.Protocol != TransportProtocol.Tcp && node.Conntrack.Find(flow, _now) is var known and >= 0)
        {
            return Follow(node.Conntrack, known, hops);
        }

        ServiceDecision decision = ServiceDecision.Of(node, flow);
        if (decision.Kind == DecisionKind.NoMatch)
        {
            if (hops > 0)
            {
                return Route(node, flow, hops, match: true);
            }

            _recorder?.Add(node.Name, new Step.NoMatch(flow.Destination));
            return RouteTranslated(node, flow, flow.Destination, flow.Source.Address, MasqueradeReason.None, null, hops);
        }

        TableFrontend frontend = decision.Frontend!;
        ServiceRule rule = frontend.Rule;
        if (_recorder is not null)
        {
            _recorder.Add(node.Name, Explanation.Match(flow, decision));
        }

        if (decision.Kind != DecisionKind.Balance)
        {
            ConnectionOutcome outcome = decision.Kind == DecisionKind.Reject ? ConnectionOutcome.Refused : ConnectionOutcome.TimedOut;
            return Lost(outcome, decision.Reason, flow, node) with { Rule = rule };
        }

        ServicePortState state = node.StateOf(rule.Name, _network);
        IpPort endpoint = Choose(node, flow, rule, state, decision.Backends);
        MasqueradeReason masquerade = decision.Masquerade == MasqueradeReason.None && endpoint.Address == flow.Source.Address
            ? MasqueradeReason.Hairpin
            : decision.Masquerade;
        IpAddress source = masquerade == MasqueradeReason.None ? flow.Source.Address : node.Sender.AddressTowards(endpoint.Address) ?? flow.Source.Address;
        _recorder?.Add(node.Name, new Step.Dnat(flow.Destination, endpoint));
        Verdict verdict = RouteTranslated(node, flow, endpoint, source, masquerade, state, hops);
        return verdict.Rule is null ? verdict with { Rule = rule } : verdict;
    }

    private IpPort Choose(NetworkNode node, in Flow flow, ServiceRule rule, ServicePortState state, BackendSet backends)
    {
        int place = -1;
        IpAddress client = flow.Source.Address;
        if (rule.AffinityTimeout is { } timeout)
        {
            place = state.Affinity.Find(client, backends, timeout, _now, out IpPort last, out TimeSpan age);
            if (_recorder is not null && (place >= 0 || age > timeout))
            {
                _recorder.Add(node.Name, place >= 0 ? new Step.AffinityHit(client, last, age, timeout) : new Step.AffinityExpired(client, last, age, timeout));
            }
        }
        else if (!_rehearse)
        {
            state.Affinity.Clear();
        }

        if (place < 0)
        {
            place = state.Pick(flow, backends, _now, _rehearse);
            _recorder?.Add(node.Name, new Step.Balance(_network.Policy.Name, backends[place].Address, backends.Count));
        }

        IpPort endpoint = backends[place].Address;
        if (!_rehearse && rule.AffinityTimeout is { } kept)
        {
            state.Affinity.Touch(client, endpoint, place, kept, _now);
        }

        return endpoint;
    }

    /// <summary>Sends the packet on with another destination, perhaps another source, and remembers the flow.</summary>
    private Verdict RouteTranslated(NetworkNode node, in Flow flow, IpPort destination, IpAddress sourceAddress, MasqueradeReason masquerade, ServicePortState? state, int hops)
    {
        ushort port = FreeSourcePort(node, flow, destination, sourceAddress, masquerade);
        if (port == 0)
        {
            return Lost(ConnectionOutcome.TimedOut, ReasonCode.NoFreePort, flow, node);
        }

        var translated = new Flow(new IpPort(sourceAddress, port), destination, flow.Protocol);
        if (_recorder is not null && translated.Source != flow.Source)
        {
            _recorder.Add(node.Name, new Step.Masquerade(flow.Source, translated.Source, Explanation.Why(masquerade)));
        }

        return Track(node.Conntrack, flow, translated, state, Route(node, translated, hops, match: true));
    }

    /// <summary>
    /// A source port with which the answers are not taken for another flow's; 0 where there is none. Masquerading draws one
    /// (random-fully); without it the port stays unless it is taken.
    /// </summary>
    private ushort FreeSourcePort(NetworkNode node, in Flow flow, IpPort destination, IpAddress sourceAddress, MasqueradeReason masquerade)
    {
        int port = flow.Source.Port;
        if (masquerade != MasqueradeReason.None)
        {
            var place = node.Random.Save();
            port = FirstMasqueradePort + node.Random.NextInt32(MasqueradePorts);
            if (_rehearse)
            {
                node.Random.Restore(place);
            }
        }

        for (int tried = 0; tried < MasqueradePorts; tried++)
        {
            var reply = new Flow(destination, new IpPort(sourceAddress, (ushort)port), flow.Protocol);
            if (node.Conntrack.FindReply(reply, _now) < 0)
            {
                return (ushort)port;
            }

            port = port >= ushort.MaxValue || port < FirstMasqueradePort ? FirstMasqueradePort : port + 1;
        }

        return 0;
    }

    /// <summary>Remembers a flow that left the machine. TCP that nobody answered is forgotten at once; UDP waits for an answer.</summary>
    private Verdict Track(Conntrack conntrack, in Flow original, in Flow translated, ServicePortState? state, in Verdict verdict)
    {
        bool isRemembered = verdict.IsEstablished || (original.Protocol == TransportProtocol.Udp && verdict.Outcome != ConnectionOutcome.NoRoute);
        if (_rehearse || !isRemembered)
        {
            return verdict;
        }

        var entry = new ConntrackEntry
        {
            Original = original,
            Reply = translated.Reversed,
            IsReplied = verdict.IsEstablished,
            IsOpen = true,
            PlacedBy = state,
            Server = verdict.Server,
            Onward = verdict.Handle,
        };
        ConnectionHandle handle = conntrack.Add(entry, _now);
        state?.Opened(translated.Destination);
        return verdict with { Handle = handle };
    }
}
