using System.Globalization;

namespace KubeSim.Tracing;

/// <summary>How traces and reports spell things.</summary>
internal static class Words
{
    public static string Of(ConnectionOutcome outcome) => outcome switch
    {
        ConnectionOutcome.Established => "established",
        ConnectionOutcome.Refused => "refused",
        ConnectionOutcome.TimedOut => "timed out",
        ConnectionOutcome.NoRoute => "no route",
        ConnectionOutcome.NameNotResolved => "name not resolved",
        ConnectionOutcome.Reset => "reset",
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, "There is no such outcome."),
    };

    public static string Of(FrontendKind kind) => kind switch
    {
        FrontendKind.ClusterIP => "ClusterIP",
        FrontendKind.ExternalIP => "external IP",
        FrontendKind.LoadBalancer => "load-balancer IP",
        FrontendKind.NodePort => "NodePort",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "There is no such kind of frontend."),
    };

    /// <summary>Whole seconds, or milliseconds where it is not that much.</summary>
    public static string Of(TimeSpan span) => span.Ticks % TimeSpan.TicksPerSecond == 0 && span != TimeSpan.Zero
        ? string.Create(CultureInfo.InvariantCulture, $"{span.Ticks / TimeSpan.TicksPerSecond} s")
        : Milliseconds(span);

    public static string Milliseconds(TimeSpan span) =>
        string.Create(CultureInfo.InvariantCulture, $"{(decimal)span.Ticks / TimeSpan.TicksPerMillisecond:0.####} ms");
}
