using KubeSim.Addressing;
using KubeSim.Tracing;

namespace KubeSim.Dataplane;

/// <content>From machine to machine, and to whoever answers.</content>
internal readonly ref partial struct PacketWalk
{
    /// <summary>How long a TCP client repeats its SYN before it gives up, with Linux' six retries.</summary>
    private static readonly TimeSpan SynTimeout = TimeSpan.FromSeconds(127);

    /// <summary>Sends the packet from a node to where its destination is.</summary>
    /// <param name="node">Where it is.</param>
    /// <param name="flow">As it is now.</param>
    /// <param name="hops">How many machines it has seen.</param>
    /// <param name="match">Whether the next machines look at their service tables: not for packets of a known flow.</param>
    private Verdict Route(NetworkNode node, in Flow flow, int hops, bool match)
    {
        IpAddress destination = flow.Destination.Address;
        if (_network.PodAt(destination) is { } pod)
        {
            return ReferenceEquals(pod.Node, node) ? DeliverToPod(pod, flow) : Forward(node, pod.Node, flow, hops, match);
        }

        if (destination.IsLoopback || node.HasAddress(destination))
        {
            return DeliverToNode(node, flow);
        }

        if (_network.NodeAt(destination) is { } other)
        {
            return Forward(node, other, flow, hops, match);
        }

        if (_network.LoadBalancers.Find(flow.Destination, flow.Protocol) is { } frontend)
        {
            return ToMember(node.Name, frontend, flow, hops, match);
        }

        (ConnectionOutcome outcome, ReasonCode reason) = Explanation.WhyUnreachable(_network, node, destination);
        return Lost(outcome, reason, flow, node);
    }

    /// <summary>What a host outside can reach: the nodes' own addresses, load balancers, other hosts.</summary>
    private Verdict FromOutside(in Flow flow, int hops, bool match)
    {
        IpAddress destination = flow.Destination.Address;
        if (_network.NodeAt(destination) is { } node)
        {
            return Forward(null, node, flow, hops, match);
        }

        if (_network.LoadBalancers.Find(flow.Destination, flow.Protocol) is { } frontend)
        {
            return ToMember(_sender.Name, frontend, flow, hops, match);
        }

        (ConnectionOutcome outcome, ReasonCode reason) = Explanation.WhyUnreachable(_network, null, destination);
        return Lost(outcome, reason, flow, null);
    }

    private Verdict Forward(NetworkNode? from, NetworkNode to, in Flow flow, int hops, bool match)
    {
        _recorder?.Add(from?.Name ?? _sender.Name, new Step.Forward(to.Name));
        if (!to.IsUp)
        {
            return Lost(ConnectionOutcome.TimedOut, ReasonCode.NodeDown, flow, to);
        }

        if (hops >= MostHops)
        {
            return Lost(ConnectionOutcome.TimedOut, ReasonCode.TooManyHops, flow, to);
        }

        Verdict verdict = match ? At(to, flow, hops + 1) : Route(to, flow, hops + 1, match: false);
        return from is null ? verdict : Delayed(verdict, _network.Latency(from, to));
    }

    /// <summary>The device in front of the cluster keeps a flow on one node for as long as its members stay the same.</summary>
    private Verdict ToMember(string place, LoadBalancerFrontend frontend, in Flow flow, int hops, bool match)
    {
        _recorder?.Add(place, new Step.Forward("load balancer"));
        if (frontend.Members.IsEmpty)
        {
            return Lost(ConnectionOutcome.TimedOut, ReasonCode.NoLoadBalancerMembers, flow, null);
        }

        string name = frontend.Members[(int)(FlowHash.Of(flow) % (ulong)frontend.Members.Length)];
        _recorder?.Add("load balancer", new Step.LoadBalancerDevice(frontend.Address, name, frontend.Members.Length));
        if (_network.FindNode(name) is not { IsUp: true } node)
        {
            return Lost(ConnectionOutcome.TimedOut, ReasonCode.NodeDown, flow, _network.FindNode(name));
        }

        if (hops >= MostHops)
        {
            return Lost(ConnectionOutcome.TimedOut, ReasonCode.TooManyHops, flow, node);
        }

        Flow sent = frontend.NodePort != 0 && node.Sender.AddressTowards(flow.Destination.Address) is { } address
            ? flow with { Destination = new IpPort(address, frontend.NodePort) }
            : flow;
        return match || frontend.NodePort == 0 ? At(node, sent, hops + 1) : Route(node, sent, hops + 1, match: false);
    }

    private Verdict DeliverToPod(PodAttachment pod, in Flow flow)
    {
        if (!pod.ListensOn(flow.Protocol, flow.Destination.Port))
        {
            return Lost(ConnectionOutcome.Refused, ReasonCode.NoListener, flow, pod.Node) with { Server = pod };
        }

        _recorder?.Add(pod.Node.Name, new Step.Deliver("pod " + pod.PodName, flow.Destination, flow.Source));
        return new Verdict { Outcome = ConnectionOutcome.Established, Flow = flow, Translated = flow, Server = pod, Node = pod.Node };
    }

    private Verdict DeliverToNode(NetworkNode node, in Flow flow) =>
        node.ListenerOn(flow.Protocol, flow.Destination.Port) is { } pod
            ? DeliverToPod(pod, flow)
            : Lost(ConnectionOutcome.Refused, Explanation.IsNodePort(flow.Destination.Port) ? ReasonCode.NoSuchNodePort : ReasonCode.NoListener, flow, node);

    /// <summary>A packet of a flow that a machine knows: translated as the first one was, whatever the service tables say now.</summary>
    private Verdict Follow(Conntrack conntrack, int slot, int hops)
    {
        ref ConntrackEntry entry = ref conntrack[slot];
        Flow translated = entry.Translated;
        if (!_rehearse)
        {
            conntrack.Refresh(slot, _now);
            entry.IsOpen = true;
        }

        _recorder?.Add(conntrack.Machine, new Step.ConntrackHit(entry.Original, translated.Destination));
        ConnectionHandle onward = entry.Onward;
        ConnectionHandle handle = conntrack.HandleOf(slot);
        Verdict verdict = onward.Conntrack is { Node: { } next } ? FollowTo(conntrack.Node, next, onward, translated, hops)
            : conntrack.Node is { } node ? Route(node, translated, hops, match: false)
            : FromOutside(translated, hops, match: false);
        if (translated.Protocol != TransportProtocol.Udp)
        {
            return StillThere(verdict, conntrack[slot].Server) with { Handle = handle };
        }

        if (!_rehearse)
        {
            // What is behind an Onward that had gone is a new entry; and an answer makes the entry live longer.
            ref ConntrackEntry after = ref conntrack[slot];
            after.Onward = onward.Conntrack is null ? default : verdict.Handle;
            if (verdict.IsEstablished && !after.IsReplied)
            {
                after.IsReplied = true;
                conntrack.Refresh(slot, _now);
            }
        }

        return verdict with { Handle = handle };
    }

    private Verdict FollowTo(NetworkNode? from, NetworkNode next, in ConnectionHandle onward, in Flow translated, int hops)
    {
        _recorder?.Add(from?.Name ?? _sender.Name, new Step.Forward(next.Name));
        if (!next.IsUp)
        {
            return Lost(ConnectionOutcome.TimedOut, ReasonCode.NodeDown, translated, next);
        }

        int slot = next.Conntrack.Find(onward, _now);
        Verdict verdict = slot >= 0 ? Follow(next.Conntrack, slot, hops + 1)
            : translated.Protocol == TransportProtocol.Udp ? At(next, translated, hops + 1)
            : Lost(ConnectionOutcome.Reset, ReasonCode.ConntrackExpired, translated, next);
        return from is null ? verdict : Delayed(verdict, _network.Latency(from, next));
    }

    /// <summary>An open connection lives only with the server that it was opened with.</summary>
    private Verdict StillThere(in Verdict verdict, PodAttachment? server)
    {
        if (verdict.Outcome == ConnectionOutcome.TimedOut && verdict.Reason == ReasonCode.PodNotFound)
        {
            return verdict with { Reason = ReasonCode.EndpointGone, Server = server };
        }

        bool isAnother = verdict.IsEstablished ? !ReferenceEquals(verdict.Server, server) : verdict.Outcome == ConnectionOutcome.Refused;
        return isAnother ? Lost(ConnectionOutcome.Reset, ReasonCode.EndpointGone, verdict.Translated, verdict.Node) with { Server = server } : verdict;
    }

    private Verdict Lost(ConnectionOutcome outcome, ReasonCode reason, in Flow flow, NetworkNode? node)
    {
        if (_recorder is not null)
        {
            _recorder.Add(node?.Name ?? _sender.Name, Explanation.End(outcome, reason, flow.Protocol));
        }

        return new Verdict
        {
            Outcome = outcome,
            Reason = reason,
            Flow = flow,
            Translated = flow,
            Node = node,
            RoundTripTime = outcome == ConnectionOutcome.TimedOut && flow.Protocol == TransportProtocol.Tcp ? SynTimeout : TimeSpan.Zero,
        };
    }

    private static Verdict Delayed(in Verdict verdict, TimeSpan oneWay) =>
        oneWay == TimeSpan.Zero || verdict.Outcome is ConnectionOutcome.TimedOut ? verdict : verdict with { RoundTripTime = verdict.RoundTripTime + oneWay + oneWay };
}
