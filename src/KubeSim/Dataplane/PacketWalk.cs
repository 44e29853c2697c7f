using KubeSim.Addressing;
using KubeSim.LoadBalancing;
using KubeSim.Tracing;

namespace KubeSim.Dataplane;

/// <summary>
/// The way of one packet from its sender to whoever answers. A rehearsal goes the same way and changes nothing. Each machine on
/// the way decides, sends the packet on, and, when it is known what became of it, remembers the flow. What becomes of the packet
/// is kept in fields, because handing it from machine to machine costs more than deciding it.
/// </summary>
internal ref partial struct PacketWalk
{
    private const int MostHops = 8;
    private const ushort FirstMasqueradePort = 1024;
    private const int MasqueradePorts = 65536 - FirstMasqueradePort;

    private readonly Network _network;
    private readonly Sender _sender;
    private readonly TraceRecorder? _recorder;
    private readonly bool _rehearse;
    private readonly TimeSpan _now;

    private Flow _flow;
    private ConnectionOutcome _outcome;
    private ReasonCode _reason;
    private PodAttachment? _towards;
    private PodAttachment? _server;
    private NetworkNode? _node;
    private ServicePassage? _passage;
    private ServiceRule? _rule;
    private ConnectionHandle _handle;
    private TimeSpan _roundTrip;
    private int _hops;

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
            _flow = new Flow(default, destination, protocol);
            return Unsent(ReasonCode.NoSourceAddress);
        }

        int turn = _sender.EphemeralPorts.Position;
        ushort port = _sender.EphemeralPorts.Next(_sender.Conntrack, address, destination, protocol, _now);
        if (_rehearse)
        {
            _sender.EphemeralPorts.Position = turn;
        }

        _flow = new Flow(new IpPort(address, port), destination, protocol);
        if (port == 0)
        {
            return Unsent(ReasonCode.NoFreePort);
        }

        // A port that is free for TCP has no entry at all; a UDP entry may outlive its socket.
        Start(mayBeKnown: protocol == TransportProtocol.Udp);
        return ToVerdict(new Flow(new IpPort(address, port), destination, protocol));
    }

    public Verdict Connect(in Flow flow)
    {
        _flow = flow;
        Start(mayBeKnown: true);
        return ToVerdict(flow);
    }

    public Verdict Send(in Flow flow, in ConnectionHandle handle)
    {
        _flow = flow;
        if (handle.Conntrack is not { } conntrack || conntrack.Find(handle, _now) is var slot && slot < 0)
        {
            if (flow.Protocol == TransportProtocol.Udp || StaysInPod(flow.Destination.Address))
            {
                return Connect(flow);
            }

            Lost(ConnectionOutcome.Reset, ReasonCode.ConntrackExpired, _sender.Node);
        }
        else if (_sender.Node is { IsUp: false } down)
        {
            Lost(ConnectionOutcome.TimedOut, ReasonCode.NodeDown, down);
        }
        else
        {
            Follow(conntrack, slot);
        }

        return ToVerdict(flow);
    }

    private readonly Verdict ToVerdict(in Flow flow) => new()
    {
        Outcome = _outcome,
        Reason = _reason,
        Flow = flow,
        Translated = _flow,
        Server = _server,
        Node = _node,
        Rule = _rule,
        Handle = _handle,
        RoundTripTime = _roundTrip,
    };

    private Verdict Unsent(ReasonCode reason)
    {
        Lost(ConnectionOutcome.NoRoute, reason, _sender.Node);
        return ToVerdict(_flow);
    }

    private void Start(bool mayBeKnown)
    {
        if (StaysInPod(_flow.Destination.Address))
        {
            DeliverToPod(_sender.Pod!);
        }
        else if (_sender.Node is { IsUp: false } down)
        {
            Lost(ConnectionOutcome.TimedOut, ReasonCode.NodeDown, down);
        }
        else if (mayBeKnown && _sender.Conntrack.Find(_flow, _now) is var known and >= 0)
        {
            Follow(_sender.Conntrack, known);
        }
        else if (_sender.Node is { } node)
        {
            At(node);
        }
        else
        {
            Flow original = _flow;
            FromOutside(match: true);
            Track(_sender.Conntrack, original, original, null);
        }
    }

    /// <summary>A Pod's loopback and its own address never leave it.</summary>
    private readonly bool StaysInPod(IpAddress destination) =>
        _sender.Pod is { IsHostNetwork: false } pod && (destination.IsLoopback || pod.Addresses.AsSpan().Contains(destination));

    /// <summary>A new flow as a node sees it: what its service table says, and what comes of that.</summary>
    private void At(NetworkNode node)
    {
        if (_hops > 0 && _flow.Protocol != TransportProtocol.Tcp && node.Conntrack.Find(_flow, _now) is var known and >= 0)
        {
            Follow(node.Conntrack, known);
            return;
        }

        if (node.Conntrack.IsFull(_now, _rehearse))
        {
            Lost(ConnectionOutcome.TimedOut, ReasonCode.ConntrackFull, node);
            return;
        }

        ServiceDecision decision = ServiceDecision.Of(node, _flow);
        if (decision.Kind == DecisionKind.NoMatch && _hops > 0)
        {
            Route(node, match: true);
            return;
        }

        if (_recorder is not null)
        {
            RecordMatch(node, decision);
        }

        if (decision.Kind == DecisionKind.NoMatch)
        {
            Translate(node, _flow.Destination, _flow.Source.Address, MasqueradeReason.None, null);
            return;
        }

        if (decision.Kind != DecisionKind.Balance)
        {
            Lost(decision.Kind == DecisionKind.Reject ? ConnectionOutcome.Refused : ConnectionOutcome.TimedOut, decision.Reason, node);
            if (_recorder is not null)
            {
                RecordRules(RuleStage.Refuse);
            }

            _rule = decision.Rule;
            return;
        }

        ServiceRule rule = decision.Rule!;
        ServicePortState state = decision.State!;
        int place = Choose(node, rule, state, decision.Backends);
        if (place == PickContext.NoEndpoint)
        {
            Lost(ConnectionOutcome.Refused, ReasonCode.NoEndpointPicked, node);
            _rule = rule;
            return;
        }

        ref readonly Backend backend = ref decision.Backends[place];
        IpPort endpoint = backend.Address;
        IpAddress source = _flow.Source.Address;
        MasqueradeReason masquerade = decision.Masquerade == MasqueradeReason.None && endpoint.Address == source && node.MasqueradesHairpin(backend)
            ? MasqueradeReason.Hairpin
            : decision.Masquerade;
        if (masquerade != MasqueradeReason.None)
        {
            if (node.HasAddress(endpoint.Address) && !source.IsLoopback && !node.HasAddress(source))
            {
                // What comes in and stays on the node never passes the hook after routing, where sources are replaced.
                masquerade = MasqueradeReason.None;
            }
            else
            {
                source = node.Sender.AddressTowards(endpoint.Address) ?? source;
            }
        }

        Translate(node, endpoint, source, masquerade, state);
        _rule ??= rule;
    }

    /// <summary>The place of the backend that the flow goes to; <see cref="PickContext.NoEndpoint"/> where the balancer gives it to nobody.</summary>
    private int Choose(NetworkNode node, ServiceRule rule, ServicePortState state, BackendSet backends)
    {
        int place = -1;
        IpAddress client = _flow.Source.Address;
        if (rule.AffinityTimeout is { } timeout)
        {
            state.Affinity ??= new AffinityRecords(node.ProxySettings.Mode == ProxyMode.IPTables ? AffinityRecords.RecentListLimit : 0);
            place = state.Affinity.Find(client, backends, timeout, _now, out IpPort last, out TimeSpan age);
            if (_recorder is not null && (place >= 0 || age > timeout))
            {
                RecordAffinity(node, place >= 0, last, age, timeout, backends);
            }
        }
        else if (state.Affinity is not null && !_rehearse)
        {
            state.Affinity = null;
        }

        if (place < 0)
        {
            place = state.Pick(_flow, backends, _now, _rehearse);
            if (place == PickContext.NoEndpoint)
            {
                return place;
            }

            if (_recorder is not null)
            {
                RecordPick(node, backends[place], backends.Count);
            }
        }

        if (!_rehearse && rule.AffinityTimeout is { } kept)
        {
            state.Affinity!.Touch(client, backends[place].Address, place, kept, _now);
        }

        return place;
    }

    /// <summary>Sends the packet on with another destination, perhaps another source, and remembers the flow.</summary>
    private void Translate(NetworkNode node, IpPort destination, IpAddress sourceAddress, MasqueradeReason masquerade, ServicePortState? state)
    {
        ushort port = FreeSourcePort(node, destination, sourceAddress, masquerade);
        if (port == 0)
        {
            Lost(ConnectionOutcome.TimedOut, ReasonCode.NoFreePort, node);
            return;
        }

        Flow original = _flow;
        var translated = new Flow(new IpPort(sourceAddress, port), destination, original.Protocol);
        if (_recorder is not null)
        {
            RecordTranslation(node, translated, masquerade);
        }

        _flow = translated;
        _towards = null;
        Route(node, match: true);
        Track(node.Conntrack, original, translated, state);
    }

    /// <summary>
    /// A source port with which the answers are not taken for another flow's; 0 where there is none. Masquerading draws one
    /// (random-fully); without it the port stays unless it is taken.
    /// </summary>
    private readonly ushort FreeSourcePort(NetworkNode node, IpPort destination, IpAddress sourceAddress, MasqueradeReason masquerade)
    {
        int port = _flow.Source.Port;
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
            var reply = new Flow(destination, new IpPort(sourceAddress, (ushort)port), _flow.Protocol);
            if (node.Conntrack.FindReply(reply, _now) < 0)
            {
                return (ushort)port;
            }

            port = port >= ushort.MaxValue || port < FirstMasqueradePort ? FirstMasqueradePort : port + 1;
        }

        return 0;
    }

    /// <summary>Remembers a flow that left the machine. TCP that nobody answered is forgotten at once; UDP waits for an answer.</summary>
    private void Track(Conntrack conntrack, in Flow original, in Flow translated, ServicePortState? state)
    {
        bool isEstablished = _outcome == ConnectionOutcome.Established;
        bool isRemembered = isEstablished || (original.Protocol == TransportProtocol.Udp && _outcome != ConnectionOutcome.NoRoute);
        if (_rehearse || !isRemembered)
        {
            return;
        }

        ref ConntrackEntry entry = ref conntrack.Add(original, translated.Reversed, isEstablished, _now, out ConnectionHandle handle);
        entry.PlacedBy = state;
        entry.Server = _server;
        entry.Onward = _handle;
        _handle = handle;
        state?.Opened(translated.Destination);
    }
}
