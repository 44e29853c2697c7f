namespace KubeSim.Proxy.Metrics;

/// <summary>
/// What a node's kube-proxy counts. Times are virtual: writing the rules takes none, so that programming takes what news and waiting for the next sync take.
/// </summary>
/// <source>kubernetes v1.36, pkg/proxy/metrics/metrics.go</source>
internal sealed class ProxyMetrics
{
    /// <summary>Quarter seconds to half a second, seconds to a minute, then five, then thirty seconds apart.</summary>
    private static readonly double[] ProgrammingBounds =
    [
        0.25, 0.5,
        .. Enumerable.Range(1, 59).Select(second => (double)second),
        .. Enumerable.Range(0, 12).Select(step => 60.0 + (5 * step)),
        .. Enumerable.Range(0, 7).Select(step => 120.0 + (30 * step)),
    ];

    /// <summary>Syncs that wrote every Service anew.</summary>
    public int FullSyncs { get; private set; }

    /// <summary>Syncs that wrote what had changed.</summary>
    public int PartialSyncs { get; private set; }

    /// <summary>Full syncs that failed.</summary>
    public int FailedFullSyncs { get; private set; }

    /// <summary>Partial syncs that failed.</summary>
    public int FailedPartialSyncs { get; private set; }

    /// <summary>Changes of Services and EndpointSlices that syncs have taken up.</summary>
    public long Changes { get; private set; }

    /// <summary>When the last sync succeeded; null before.</summary>
    public TimeSpan? LastSync { get; private set; }

    /// <summary>When a sync was last asked for.</summary>
    public TimeSpan? LastQueued { get; private set; }

    /// <summary>From a change at the API server to its being in the rules.</summary>
    public MetricHistogram NetworkProgramming { get; } = new(ProgrammingBounds);

    public void Queued(TimeSpan now) => LastQueued = now;

    public void Failed(bool isFull)
    {
        FailedFullSyncs += isFull ? 1 : 0;
        FailedPartialSyncs += isFull ? 0 : 1;
    }

    public void Synced(bool isFull, TimeSpan now)
    {
        FullSyncs += isFull ? 1 : 0;
        PartialSyncs += isFull ? 0 : 1;
        LastSync = now;
    }

    /// <summary>A change is in the rules now.</summary>
    public void Programmed(TimeSpan changedAt, TimeSpan now)
    {
        Changes++;
        NetworkProgramming.Observe((now - changedAt).TotalSeconds);
    }
}
