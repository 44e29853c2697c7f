using KubeSim.Addressing;
using KubeSim.Tracing;

namespace KubeSim.Dataplane;

/// <content>From machine to machine, and to whoever answers.</content>
internal ref partial struct PacketWalk
{
    /// <summary>How long a TCP client repeats its SYN before it gives up, with Linux' six retries.</summary>
    private static readonly TimeSpan SynTimeout = TimeSpan.FromSeconds(127);

    /// <summary>Sends the packet from a node to where its destination is.</summary>
    /// <param name="node">Where it is.</param>
    /// <param name="match">Whether the next machines look at their service tables: not for packets of a known flow.</param>
    private void Route(NetworkNode node, bool match)
    {
        IpAddress destination = _flow.Destination.Address;
        PodAttachment? pod = _towards ?? _network.PodAt(destination);
        if (pod is not null)
        {
            if (ReferenceEquals(pod.Node, node))
            {
                if (ReferenceEquals(pod, _sender.Pod) && IsHairpinLost(node))
                {
                    Lost(ConnectionOutcome.TimedOut, ReasonCode.HairpinLost, node);
                    _server = pod;
                    return;
                }

                DeliverToPod(pod);
                return;
            }

            _towards = pod;
            Forward(node, pod.Node, match);
        }
        else if (destination.IsLoopback || node.HasAddress(destination))
        {
            DeliverToNode(node);
        }
        else if (_network.NodeAt(destination) is { } other)
        {
            Forward(node, other, match);
        }
        else if (_network.LoadBalancers.Find(_flow.Destination, _flow.Protocol) is { } frontend)
        {
            ToMember(node.Name, frontend, match);
        }
        else
        {
            (ConnectionOutcome outcome, ReasonCode reason) = Explanation.WhyUnreachable(_network, node, destination);
            Lost(outcome, reason, node);
        }
    }

    /// <summary>A Pod does not take a packet with its own address as the source; and a bridge sends nothing back where it came in, unless told to.</summary>
    private readonly bool IsHairpinLost(NetworkNode node) => _flow.Source.Address == _flow.Destination.Address || (_hops == 0 && !node.HasHairpinMode);

    /// <summary>What a host outside can reach: the nodes' own addresses, load balancers, other hosts.</summary>
    private void FromOutside(bool match)
    {
        IpAddress destination = _flow.Destination.Address;
        if (_network.NodeAt(destination) is { } node)
        {
            Forward(null, node, match);
        }
        else if (_network.LoadBalancers.Find(_flow.Destination, _flow.Protocol) is { } frontend)
        {
            ToMember(_sender.Name, frontend, match);
        }
        else
        {
            (ConnectionOutcome outcome, ReasonCode reason) = Explanation.WhyUnreachable(_network, null, destination);
            Lost(outcome, reason, null);
        }
    }

    private void Forward(NetworkNode? from, NetworkNode to, bool match)
    {
        if (_recorder is not null)
        {
            RecordForward(from, to.Name);
        }

        if (Arrive(to))
        {
            Continue(to, match);
            AddLatency(from, to);
        }
    }

    /// <summary>The device in front of the cluster keeps a flow on one node for as long as its members stay the same.</summary>
    private void ToMember(string place, LoadBalancerFrontend frontend, bool match)
    {
        _recorder?.Add(place, new Step.Forward("load balancer"));
        if (frontend.Members.IsEmpty)
        {
            Lost(ConnectionOutcome.TimedOut, ReasonCode.NoLoadBalancerMembers, null);
            return;
        }

        string name = frontend.Members[(int)(FlowHash.Of(_flow) % (ulong)frontend.Members.Length)];
        _recorder?.Add("load balancer", new Step.LoadBalancerDevice(frontend.Address, name, frontend.Members.Length));
        if (_network.FindNode(name) is not { } node)
        {
            Lost(ConnectionOutcome.TimedOut, ReasonCode.NodeDown, null);
        }
        else if (Arrive(node))
        {
            if (frontend.NodePort != 0 && node.Sender.AddressTowards(_flow.Destination.Address) is { } address)
            {
                _flow = _flow with { Destination = new IpPort(address, frontend.NodePort) };
            }

            Continue(node, match || frontend.NodePort == 0);
        }
    }

    private bool Arrive(NetworkNode node)
    {
        _hops++;
        if (node.IsUp && _hops <= MostHops)
        {
            return true;
        }

        Lost(ConnectionOutcome.TimedOut, node.IsUp ? ReasonCode.TooManyHops : ReasonCode.NodeDown, node);
        return false;
    }

    private void Continue(NetworkNode node, bool match)
    {
        if (match)
        {
            At(node);
        }
        else
        {
            Route(node, match: false);
        }
    }

    private void DeliverToPod(PodAttachment pod)
    {
        if (pod.ListensOn(_flow.Protocol, _flow.Destination.Port))
        {
            (_outcome, _node) = (ConnectionOutcome.Established, pod.Node);
            if (_recorder is not null)
            {
                RecordDelivery(pod);
            }
        }
        else
        {
            Lost(ConnectionOutcome.Refused, ReasonCode.NoListener, pod.Node);
        }

        _server = pod;
    }

    private void DeliverToNode(NetworkNode node)
    {
        if (node.ListenerOn(_flow.Protocol, _flow.Destination.Port) is { } pod)
        {
            DeliverToPod(pod);
        }
        else
        {
            Lost(ConnectionOutcome.Refused, Explanation.IsNodePort(_flow.Destination.Port) ? ReasonCode.NoSuchNodePort : ReasonCode.NoListener, node);
        }
    }

    /// <summary>A packet of a flow that a machine knows: translated as the first one was, whatever the service tables say now.</summary>
    private void Follow(Conntrack conntrack, int slot)
    {
        ref ConntrackEntry entry = ref conntrack[slot];
        PodAttachment? server = entry.Server;
        ConnectionHandle onward = entry.Onward;
        if (_recorder is not null)
        {
            RecordHit(conntrack.Machine, entry);
        }

        _flow = entry.Translated;
        if (!_rehearse)
        {
            conntrack.Refresh(slot, _now);
            entry.IsOpen = true;
        }

        if (onward.Conntrack is { Node: { } next })
        {
            FollowTo(conntrack.Node, next, onward);
        }
        else if (conntrack.Node is { } node)
        {
            Route(node, match: false);
        }
        else
        {
            FromOutside(match: false);
        }

        if (_flow.Protocol != TransportProtocol.Udp)
        {
            StillThere(server);
        }
        else if (!_rehearse)
        {
            // What is behind an Onward that had gone may be a new entry; and an answer makes the entry live longer.
            ref ConntrackEntry after = ref conntrack[slot];
            after.Onward = _handle.Conntrack is null ? onward : _handle;
            if (_outcome == ConnectionOutcome.Established && !after.IsReplied)
            {
                after.IsReplied = true;
                conntrack.Refresh(slot, _now);
            }
        }

        _handle = conntrack.HandleOf(slot);
    }

    private void FollowTo(NetworkNode? from, NetworkNode next, in ConnectionHandle onward)
    {
        if (_recorder is not null)
        {
            RecordForward(from, next.Name);
        }

        if (!Arrive(next))
        {
            return;
        }

        if (next.Conntrack.Find(onward, _now) is var slot and >= 0)
        {
            Follow(next.Conntrack, slot);
        }
        else if (_flow.Protocol == TransportProtocol.Udp)
        {
            At(next);
        }
        else
        {
            Lost(ConnectionOutcome.Reset, ReasonCode.ConntrackExpired, next);
        }

        AddLatency(from, next);
    }

    /// <summary>An open connection lives only with the server that it was opened with.</summary>
    private void StillThere(PodAttachment? server)
    {
        if (_outcome == ConnectionOutcome.TimedOut && _reason == ReasonCode.PodNotFound)
        {
            (_reason, _server) = (ReasonCode.EndpointGone, server);
        }
        else if (_outcome == ConnectionOutcome.Refused || (_outcome == ConnectionOutcome.Established && !ReferenceEquals(_server, server)))
        {
            Lost(ConnectionOutcome.Reset, ReasonCode.EndpointGone, _node);
            _server = server;
        }
    }

    private void Lost(ConnectionOutcome outcome, ReasonCode reason, NetworkNode? node)
    {
        if (_recorder is not null)
        {
            RecordEnd(node, outcome, reason);
        }

        (_outcome, _reason, _node, _server) = (outcome, reason, node, null);
        _roundTrip = outcome == ConnectionOutcome.TimedOut && _flow.Protocol == TransportProtocol.Tcp ? SynTimeout : TimeSpan.Zero;
    }

    private void AddLatency(NetworkNode? from, NetworkNode to)
    {
        if (from is not null && _network.IsLatencyConfigured && _outcome != ConnectionOutcome.TimedOut)
        {
            TimeSpan oneWay = _network.Latency(from, to);
            _roundTrip += oneWay + oneWay;
        }
    }
}
