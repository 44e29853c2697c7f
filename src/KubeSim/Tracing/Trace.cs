using System.Text;
using KubeSim.Collections;

namespace KubeSim.Tracing;

/// <summary>What happened to one attempt to connect, hop by hop.</summary>
public sealed record Trace
{
    // Wide enough for most steps, so that traces one below the other have the same columns.
    private const int NarrowestVerb = 7;
    private const int NarrowestWhat = 59;

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

    /// <summary>The trace as a table: who dialled what, a line for each hop, and how it ended. Lines end in <c>\n</c>; the last has none.</summary>
    public override string ToString()
    {
        int place = 0;
        int verb = NarrowestVerb;
        int what = NarrowestWhat;
        foreach (Hop hop in Hops)
        {
            place = Math.Max(place, hop.Place.Length);
            verb = Math.Max(verb, hop.Step.Verb.Length);
            what = hop.Step.Detail.Length == 0 ? what : Math.Max(what, hop.Step.What.Length);
        }

        var text = new StringBuilder();
        text.Append(Source).Append(" → ").Append(Target).Append('\n');
        foreach ((string at, Step step) in Hops)
        {
            text.Append("  ").Append(at.PadRight(place)).Append("  ").Append(step.Verb.PadRight(verb)).Append("  ");
            text.Append(step.Detail.Length == 0 ? step.What : step.What.PadRight(what) + "  " + step.Detail).Append('\n');
        }

        return text.Append(Closing()).ToString();
    }

    private string Closing() => Outcome switch
    {
        ConnectionOutcome.Established => $"established, round trip {Words.Milliseconds(RoundTripTime)}{(IsLatencyConfigured ? "" : " (no latency configured)")}",
        ConnectionOutcome.TimedOut when RoundTripTime > TimeSpan.Zero => $"timed out after {Words.Of(RoundTripTime)}{Because()}",
        _ => Words.Of(Outcome) + Because(),
    };

    private string Because() => Reason is null ? "" : ": " + Reason.Message;
}
