using System.Globalization;
using System.Text;
using KubeSim.Collections;
using KubeSim.Tracing;

namespace KubeSim.Measurement;

/// <summary>What became of many connections.</summary>
public sealed record LoadReport
{
    private readonly EquatableArray<long> _outcomes;

    internal LoadReport(EquatableArray<long> outcomes, EquatableArray<EndpointShare> perEndpoint, long crossZone, long zoneKnown)
    {
        _outcomes = outcomes;
        PerEndpoint = perEndpoint;
        foreach (long count in outcomes)
        {
            Sent += count;
        }

        CrossZoneRatio = zoneKnown == 0 ? 0 : (double)crossZone / zoneKnown;
        JainFairness = Fairness(perEndpoint);
    }

    /// <summary>The first line of a table of reports: the names of the columns of <see cref="ToCsvRow"/>.</summary>
    public static string CsvHeader => "sent,established,refused,timed-out,no-route,name-not-resolved,reset,endpoints,jain-fairness,cross-zone-ratio";

    /// <summary>How many connections were tried.</summary>
    /// <value>0 or more.</value>
    public long Sent { get; }

    /// <summary>How many were answered.</summary>
    /// <value>0 to <see cref="Sent"/>.</value>
    public long Established => Count(ConnectionOutcome.Established);

    /// <summary>How many were not.</summary>
    /// <value>0 to <see cref="Sent"/>.</value>
    public long Failed => Sent - Established;

    /// <summary>What each endpoint got, in the order of addresses; also endpoints that could have got some and did not, where they were known.</summary>
    public EquatableArray<EndpointShare> PerEndpoint { get; }

    /// <summary>Jain's index of fairness over <see cref="PerEndpoint"/>: the square of the sum over n times the sum of squares.</summary>
    /// <value>1 where all got the same, 1/n where one got everything; 1 where nothing was answered.</value>
    public double JainFairness { get; }

    /// <summary>The share of answered connections that went to another zone, of those where both zones are known.</summary>
    /// <value>0 to 1.</value>
    public double CrossZoneRatio { get; }

    /// <summary>How many connections ended like that.</summary>
    /// <param name="outcome">How they ended.</param>
    /// <returns>0 to <see cref="Sent"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="outcome"/> is none that is known.</exception>
    public long Count(ConnectionOutcome outcome) =>
        !Enum.IsDefined(outcome) ? throw new ArgumentOutOfRangeException(nameof(outcome), outcome, "No connection ends like that.")
        : (int)outcome < _outcomes.Length ? _outcomes[(int)outcome] : 0;

    /// <summary>The report as one line of comma-separated values; ratios with six decimals, in the invariant culture.</summary>
    public string ToCsvRow() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Sent},{Established},{Count(ConnectionOutcome.Refused)},{Count(ConnectionOutcome.TimedOut)},{Count(ConnectionOutcome.NoRoute)},{Count(ConnectionOutcome.NameNotResolved)},{Count(ConnectionOutcome.Reset)},{PerEndpoint.Length},{JainFairness:F6},{CrossZoneRatio:F6}");

    /// <summary>A summary line and a line for each endpoint. Lines end in <c>\n</c>; the last has none.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{Established} of {Sent} established");
        for (var outcome = ConnectionOutcome.Refused; Enum.IsDefined(outcome); outcome++)
        {
            if (Count(outcome) > 0)
            {
                text.Append(CultureInfo.InvariantCulture, $", {Count(outcome)} {Words.Of(outcome)}");
            }
        }

        text.Append(CultureInfo.InvariantCulture, $"; fairness {JainFairness:F3}");
        foreach (EndpointShare share in PerEndpoint)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n  {share.Endpoint}  {share.Connections}{(share.Pod is null ? "" : "  " + share.Pod)}{(share.Node is null ? "" : " on " + share.Node)}");
        }

        return text.ToString();
    }

    private static double Fairness(EquatableArray<EndpointShare> shares)
    {
        double sum = 0;
        double squares = 0;
        foreach (EndpointShare share in shares)
        {
            sum += share.Connections;
            squares += (double)share.Connections * share.Connections;
        }

        return squares == 0 ? 1 : sum * sum / (shares.Length * squares);
    }
}
