using System.Runtime.CompilerServices;
using KubeSim.Addressing;
using KubeSim.Tracing;

namespace KubeSim.Dataplane;

/// <content>What a recorder is told. Kept out of the packet path's methods: their frames would grow, and be cleared for every packet.</content>
internal ref partial struct PacketWalk
{
    [MethodImpl(MethodImplOptions.NoInlining)]
    private readonly void Record(string place, Step step) => _recorder!.Add(place, step);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private readonly void RecordMatch(NetworkNode node, in ServiceDecision decision) =>
        Record(node.Name, decision.Frontend is null ? new Step.NoMatch(_flow.Destination) : Explanation.Match(_flow, decision));

    [MethodImpl(MethodImplOptions.NoInlining)]
    private readonly void RecordAffinity(NetworkNode node, bool isHit, IpPort endpoint, TimeSpan age, TimeSpan timeout)
    {
        IpAddress client = _flow.Source.Address;
        Record(node.Name, isHit ? new Step.AffinityHit(client, endpoint, age, timeout) : new Step.AffinityExpired(client, endpoint, age, timeout));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private readonly void RecordPick(NetworkNode node, IpPort endpoint, int among) => Record(node.Name, new Step.Balance(node.Policy.Name, endpoint, among));

    [MethodImpl(MethodImplOptions.NoInlining)]
    private readonly void RecordTranslation(NetworkNode node, in Flow translated, MasqueradeReason masquerade)
    {
        if (translated.Destination != _flow.Destination)
        {
            Record(node.Name, new Step.Dnat(_flow.Destination, translated.Destination));
        }

        if (translated.Source != _flow.Source)
        {
            Record(node.Name, new Step.Masquerade(_flow.Source, translated.Source, Explanation.Why(masquerade)));
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private readonly void RecordHit(string machine, in ConntrackEntry entry) => Record(machine, new Step.ConntrackHit(entry.Original, entry.Reply.Source));

    [MethodImpl(MethodImplOptions.NoInlining)]
    private readonly void RecordForward(NetworkNode? from, string to) => Record(from?.Name ?? _sender.Name, new Step.Forward(to));

    [MethodImpl(MethodImplOptions.NoInlining)]
    private readonly void RecordDelivery(PodAttachment pod) => Record(pod.Node.Name, new Step.Deliver("pod " + pod.PodName, _flow.Destination, _flow.Source));

    [MethodImpl(MethodImplOptions.NoInlining)]
    private readonly void RecordEnd(NetworkNode? node, ConnectionOutcome outcome, ReasonCode reason) =>
        Record(node?.Name ?? _sender.Name, Explanation.End(outcome, reason, _flow.Protocol));
}
