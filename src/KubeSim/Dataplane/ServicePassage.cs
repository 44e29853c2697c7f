using KubeSim.Addressing;
using KubeSim.LoadBalancing;
using KubeSim.Tracing;

namespace KubeSim.Dataplane;

/// <summary>
/// A packet at a node's rules, and what they decide: enough to tell later which ones did, because nothing of it changes any more. Made only
/// while somebody records.
/// </summary>
internal sealed record ServicePassage
{
    public required NetworkNode Node { get; init; }

    /// <summary>What the node knew of the Services.</summary>
    public required ServiceTable Table { get; init; }

    /// <summary>The service port, with no other endpoints than the node may use; null where the packet belongs to none.</summary>
    public ServiceRule? Rule { get; init; }

    /// <summary>Which kind of address it came to; of no meaning without a service port.</summary>
    public FrontendKind Kind { get; init; }

    /// <summary>Before any translation.</summary>
    public required Flow Flow { get; init; }

    /// <summary>The endpoints to pick from.</summary>
    public BackendSet Candidates { get; init; } = BackendSet.Empty;

    public ReasonCode Reason { get; init; }

    /// <summary>The endpoint picked; null while none is.</summary>
    public Backend? Picked { get; init; }

    /// <summary>Whether the client was sent there because it had been there before.</summary>
    public bool IsRemembered { get; init; }

    public MasqueradeReason Masquerade { get; init; }

    public static ServicePassage Of(NetworkNode node, in Flow flow, in ServiceDecision decision) => new()
    {
        Node = node,
        Table = node.Table ?? ServiceTable.Empty,
        Rule = decision.Rule is { } rule
            ? rule with { Cluster = BackendSelection.Of(rule.Cluster.For(node)), Local = BackendSelection.Of(rule.Local.For(node)) }
            : null,
        Kind = decision.Frontend?.Kind ?? default,
        Flow = flow,
        Candidates = decision.Backends,
        Reason = decision.Reason,
    };
}
