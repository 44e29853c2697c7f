using KubeSim.Collections;

namespace KubeSim.Tracing;

/// <summary>What happened to one attempt to connect, hop by hop.</summary>
public sealed record Trace
{
    /// <summary>Who dialled, for example <c>student (10.244.1.5, node-1)</c>.</summary>
    public required string Source { get; init; }

    /// <summary>What was dialled, with the protocol, for example <c>web:80/TCP</c>.</summary>
    public required string Target { get; init; }

    /// <summary>What happened, in order.</summary>
    public EquatableArray<Hop> Hops { get; init; }

    /// <summary>How it ended.</summary>
    public required ConnectionOutcome Outcome { get; init; }

    /// <summary>Why it did not arrive; null where it did.</summary>
    public Reason? Reason { get; init; }

    /// <summary>From dialling to the answer, or until the client gives up, in virtual time that dialling itself does not spend.</summary>
    /// <value>Zero or more.</value>
    public TimeSpan RoundTripTime { get; init; }

    /// <summary>Whether any link of the network has a latency.</summary>
    public bool IsLatencyConfigured { get; init; }

    /// <summary>Whether a step of that kind happened.</summary>
    /// <typeparam name="TStep">The kind, for example <see cref="Step.Masquerade"/>.</typeparam>
    public bool Has<TStep>()
        where TStep : Step
    {
        foreach (Hop hop in Hops)
        {
            if (hop.Step is TStep)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The first step of that kind; null where none happened.</summary>
    /// <typeparam name="TStep">The kind, for example <see cref="Step.Balance"/>.</typeparam>
    public TStep? Find<TStep>()
        where TStep : Step
    {
        foreach (Hop hop in Hops)
        {
            if (hop.Step is TStep step)
            {
                return step;
            }
        }

        return null;
    }

    /// <summary>
    /// The trace as a table: who dialled what, a line for each hop with the chains whose rules decided, below it the endpoints that were left out, and how it
    /// ended. Lines end in <c>\n</c>; the last has none.
    /// </summary>
    public override string ToString() => ToText(TraceDetail.Chains);

    /// <summary>The same with more or less of what decided.</summary>
    /// <param name="detail">How much is told.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such detail.</exception>
    public string ToText(TraceDetail detail) => Enum.IsDefined(detail)
        ? new TraceText(Hops, detail).Of($"{Source} → {Target}", Closing())
        : throw new ArgumentOutOfRangeException(nameof(detail), detail, "There is no such detail.");

    /// <summary>The trace with another reason, which also tells what is behind its last step.</summary>
    internal Trace With(Reason? reason)
    {
        bool isRefusal = reason is not null && Hops.Length > 0 && Hops[^1].Step is Step.Reject or Step.Drop;
        return this with
        {
            Reason = reason,
            Hops = isRefusal ? Hops.SetItem(Hops.Length - 1, Hops[^1] with { Step = Hops[^1].Step with { Object = reason!.Object, Field = reason.Field } }) : Hops,
        };
    }

    private string Closing() => Outcome switch
    {
        ConnectionOutcome.Established => $"established, round trip {Words.Milliseconds(RoundTripTime)}{(IsLatencyConfigured ? "" : " (no latency configured)")}",
        ConnectionOutcome.TimedOut when RoundTripTime > TimeSpan.Zero => $"timed out after {Words.Of(RoundTripTime)}{Because()}",
        _ => Words.Of(Outcome) + Because(),
    };

    private string Because() => Reason is null ? "" : ": " + Reason.Message;
}
