using System.Globalization;
using System.Text;

namespace KubeSim.Proxy.Metrics;

/// <summary>A histogram as Prometheus counts: how many observations were at most as large as each bound.</summary>
/// <param name="bounds">In ascending order.</param>
internal sealed class MetricHistogram(IReadOnlyList<double> bounds)
{
    private readonly long[] _counts = new long[bounds.Count];

    public long Count { get; private set; }

    public double Sum { get; private set; }

    public void Observe(double value)
    {
        Count++;
        Sum += value;
        for (int i = 0; i < _counts.Length; i++)
        {
            _counts[i] += value <= bounds[i] ? 1 : 0;
        }
    }

    /// <summary>Its lines in Prometheus' text format.</summary>
    public void Write(StringBuilder text, string name)
    {
        for (int i = 0; i < _counts.Length; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{name}_bucket{{le=\"{bounds[i]}\"}} {_counts[i]}\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"{name}_bucket{{le=\"+Inf\"}} {Count}\n{name}_sum {Sum}\n{name}_count {Count}\n");
    }
}
