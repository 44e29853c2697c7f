namespace KubeSim.Proxy;

/// <summary>How long a change takes to a node's rules.</summary>
/// <param name="WatchDelay">From the change at the API server until the node hears of it.</param>
/// <param name="SyncDelay">From there to the sync that puts it into the rules; later changes before that join.</param>
/// <param name="MinSyncPeriod">The least time from one sync to the next; one second in a real cluster by default.</param>
internal readonly record struct KubeProxyTiming(TimeSpan WatchDelay, TimeSpan SyncDelay = default, TimeSpan MinSyncPeriod = default)
{
    /// <summary>When a sync that failed is tried again, unless a change comes first.</summary>
    public TimeSpan SyncPeriod { get; init; } = TimeSpan.FromSeconds(30);
}
