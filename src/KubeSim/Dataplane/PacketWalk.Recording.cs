using System.Runtime.CompilerServices;
using KubeSim.Addressing;
using KubeSim.LoadBalancing;
using KubeSim.Tracing;

namespace KubeSim.Dataplane;

/// <content>What a recorder is told. Kept out of the packet path's methods: their frames would grow, and be cleared for every packet.</content>
internal ref partial struct PacketWalk
{
    [MethodImpl(MethodImplOptions.NoInlining)]
    private readonly void Record(string place, Step step) => _recorder!.Add(place, step);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void RecordMatch(NetworkNode node, in ServiceDecision decision)
    {
        _passage = decision.Kind == DecisionKind.NoMatch ? null : ServicePassage.Of(node, _flow, decision);
        Record(node.Name, decision.Frontend is null ? new Step.NoMatch(_flow.Destination) : Explanation.Match(_flow, node, decision));
        if (decision.Frontend is not null)
        {
            RecordRules(RuleStage.Match);
        }
    }

    /// <summary>Adds to the last step which rules decided it. They are looked for when somebody reads them.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private readonly void RecordRules(RuleStage stage)
    {
        if (_network.Narrator is { } narrator && _passage is { } passage)
        {
            _recorder!.Last = _recorder.Last with { RulesWhenRead = new(() => narrator.Rules(passage, stage)) };
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void RecordAffinity(NetworkNode node, bool isHit, IpPort endpoint, TimeSpan age, TimeSpan timeout, BackendSet backends)
    {
        IpAddress client = _flow.Source.Address;
        Step step = isHit ? new Step.AffinityHit(client, endpoint, age, timeout) : new Step.AffinityExpired(client, endpoint, age, timeout);
        Record(node.Name, step with { Object = ServiceObject, Field = "spec.sessionAffinity" });
        if (isHit)
        {
            _passage = _passage! with { Picked = backends[backends.IndexOf(endpoint)], IsRemembered = true };
            RecordRules(RuleStage.Pick);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void RecordPick(NetworkNode node, in Backend picked, int among)
    {
        _passage = _passage! with { Picked = picked };
        Record(node.Name, new Step.Balance(node.Policy.Name, picked.Address, among) { Object = ServiceObject });
        RecordRules(RuleStage.Pick);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void RecordTranslation(NetworkNode node, in Flow translated, MasqueradeReason masquerade)
    {
        if (translated.Destination != _flow.Destination)
        {
            Record(node.Name, new Step.Dnat(_flow.Destination, translated.Destination));
            RecordRules(RuleStage.Translate);
        }

        if (translated.Source != _flow.Source)
        {
            (string? about, string? field) = Explanation.Behind(masquerade, node, _passage?.Rule);
            Record(node.Name, new Step.Masquerade(_flow.Source, translated.Source, Explanation.Why(masquerade)) { Object = about, Field = field });
            if (masquerade != MasqueradeReason.None)
            {
                _passage = _passage! with { Masquerade = masquerade };
                RecordRules(RuleStage.Masquerade);
            }
        }
    }

    private readonly string? ServiceObject => _passage?.Rule is { } rule ? "service/" + rule.Name.Service : null;

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
