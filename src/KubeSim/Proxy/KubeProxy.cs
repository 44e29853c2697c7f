using KubeSim.Dataplane;
using KubeSim.Proxy.Metrics;
using KubeSim.Simulation;

namespace KubeSim.Proxy;

/// <summary>
/// kube-proxy of one node: hears of changes with its delay and installs the table that follows from them. Nothing is installed
/// before the first full list has arrived.
/// </summary>
/// <source>kubernetes v1.36, pkg/proxy/iptables/proxier.go, pkg/proxy/runner/bounded_frequency_runner.go</source>
internal sealed class KubeProxy : IDisposable
{
    private readonly ServiceFeed _feed;
    private readonly NetworkNode _node;
    private readonly EventQueue _queue;
    private readonly RunLog _log;
    private readonly KubeProxyTiming _timing;
    private readonly string _component;
    private ServiceVersion _heard;
    private TimeSpan? _lastRun;
    private TimeSpan? _due;
    private EventHandle _sync;
    private bool _isSynced;
    private bool _needsFullSync = true;
    private bool _failsNext;
    private bool _isStopped;

    /// <summary>Starts: lists at once, hears the answer after the watch's delay, and syncs.</summary>
    public KubeProxy(ServiceFeed feed, NetworkNode node, EventQueue queue, RunLog log, KubeProxyTiming timing = default)
    {
        _feed = feed;
        _node = node;
        _queue = queue;
        _log = log;
        _timing = timing;
        _component = "kube-proxy/" + node.Name;
        _heard = feed.Latest;
        feed.Add(this);
        ScheduleFor(queue.Now);
    }

    /// <summary>What it counts.</summary>
    public ProxyMetrics Metrics { get; } = new();

    public string NodeName => _node.Name;

    /// <summary>Stops hearing; the rules stay as they are, as when the process dies.</summary>
    public void Dispose()
    {
        if (!_isStopped)
        {
            _isStopped = true;
            _feed.Remove(this);
            _queue.Cancel(_sync);
        }
    }

    /// <summary>The kernel refuses what the next sync writes: nothing of it applies, and the sync after it, when a change comes or the sync period is over, writes everything.</summary>
    public void FailNextSync() => _failsNext = true;

    /// <summary>Something has changed at the API server just now.</summary>
    internal void Note(ServiceVersion version)
    {
        if (_due is null || version.Time + _timing.WatchDelay + _timing.SyncDelay < _due)
        {
            ScheduleFor(version.Time);
        }
    }

    /// <summary>The node's zone has changed just now: heard with the watch's delay, used from the next sync on.</summary>
    internal void ZoneChanged(string? zone) => _queue.Schedule(
        _queue.After(_timing.WatchDelay),
        static state =>
        {
            var (proxy, zone) = ((KubeProxy, string?))state!;
            if (!proxy._isStopped && proxy._node.Table is not null)
            {
                proxy._node.Zone = zone;
                proxy._log.Write(proxy._component, $"zone {zone}");
            }
        },
        (this, zone));

    /// <summary>Asks for a sync because of a change made at some time.</summary>
    private void ScheduleFor(TimeSpan changedAt)
    {
        Metrics.Queued(_queue.Now);
        Schedule(changedAt + _timing.WatchDelay + _timing.SyncDelay);
    }

    /// <summary>One sync is pending at most; none comes earlier than the least time after the last one, whether that failed or not.</summary>
    private void Schedule(TimeSpan due)
    {
        if (_lastRun is { } last && due < last + _timing.MinSyncPeriod)
        {
            due = last + _timing.MinSyncPeriod;
        }

        due = due < _queue.Now ? _queue.Now : due;
        if (_due is not { } pending || due < pending)
        {
            _queue.Cancel(_sync);
            _due = due;
            _sync = _queue.Schedule(due, static state => ((KubeProxy)state!).Sync(), this);
        }
    }

    private void Sync()
    {
        _due = null;
        _lastRun = _queue.Now;
        if (_failsNext)
        {
            _failsNext = false;
            Metrics.Failed(_needsFullSync);
            _needsFullSync = true;
            _log.Write(_component, $"sync failed");
            Schedule(_queue.Now + _timing.SyncPeriod);
            return;
        }

        TimeSpan heardUntil = _queue.Now - _timing.WatchDelay;
        ServiceVersion before = _heard;
        int changes = 0;
        UdpChanges udpChanges = _isSynced ? UdpChanges.None : UdpChanges.IPv4 | UdpChanges.IPv6;
        while (_heard.Next is { } next && next.Time <= heardUntil)
        {
            _heard = next;
            udpChanges |= next.UdpChanges;
            changes++;
            Metrics.Programmed(next.Time, _queue.Now);
        }

        if (!_isSynced)
        {
            _node.Zone = _feed.ZoneOf(_node.Name) ?? _node.Zone;
        }

        _node.Install(_heard.Table);
        Metrics.Synced(_needsFullSync, _queue.Now);
        _needsFullSync = false;
        if (!_isSynced || changes != 1)
        {
            _log.Write(_component, $"synced {_heard.Table.Count} service ports");
        }
        else
        {
            _log.Write(_component, $"synced {_heard.Changed.Namespace}/{_heard.Changed.Name}: {_heard.Endpoints} endpoints");
        }

        DeleteStaleUdpFlows(before, udpChanges, UdpChanges.IPv4);
        DeleteStaleUdpFlows(before, udpChanges, UdpChanges.IPv6);
        _isSynced = true;
        if (_heard.Next is { } later)
        {
            ScheduleFor(later.Time);
        }
    }

    /// <summary>After the rules are there: a client's next packet then finds an endpoint that serves.</summary>
    private void DeleteStaleUdpFlows(ServiceVersion before, UdpChanges changes, UdpChanges family)
    {
        bool reconciles = _heard.Release.ReconcilesUdpFlows || !_isSynced;
        if (_node.Conntrack.Count == 0 || (reconciles ? (changes & family) == UdpChanges.None : ReferenceEquals(before, _heard)))
        {
            return;
        }

        StaleUdpFlows now = _heard.StaleUdpFlows(family == UdpChanges.IPv6);
        StaleUdpFlows then = before.StaleUdpFlows(family == UdpChanges.IPv6);
        int deleted = _node.Conntrack.Delete(reconciles ? now.IsStale : (original, reply) => now.HasBecomeStale(then, original, reply), _queue.Now);
        if (deleted > 0)
        {
            _log.Write(_component, $"deleted {deleted} stale UDP flows");
        }
    }
}
