using KubeSim.Dataplane;
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
    private TimeSpan? _lastSync;
    private EventHandle _sync;
    private bool _isSyncDue;
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
        ScheduleSync(queue.Now);
    }

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

    /// <summary>Something has changed at the API server just now.</summary>
    internal void Note(ServiceVersion version)
    {
        if (!_isSyncDue)
        {
            ScheduleSync(version.Time);
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

    /// <summary>Schedules the sync for a change made at some time.</summary>
    private void ScheduleSync(TimeSpan changedAt)
    {
        TimeSpan due = changedAt + _timing.WatchDelay + _timing.SyncDelay;
        if (_lastSync is { } last && due < last + _timing.MinSyncPeriod)
        {
            due = last + _timing.MinSyncPeriod;
        }

        _isSyncDue = true;
        _sync = _queue.Schedule(due < _queue.Now ? _queue.Now : due, static state => ((KubeProxy)state!).Sync(), this);
    }

    private void Sync()
    {
        TimeSpan heardUntil = _queue.Now - _timing.WatchDelay;
        int changes = 0;
        UdpChanges udpChanges = _lastSync is null ? UdpChanges.IPv4 | UdpChanges.IPv6 : UdpChanges.None;
        while (_heard.Next is { } next && next.Time <= heardUntil)
        {
            _heard = next;
            udpChanges |= next.UdpChanges;
            changes++;
        }

        bool isFirst = _lastSync is null;
        _lastSync = _queue.Now;
        _isSyncDue = false;
        if (isFirst)
        {
            _node.Zone = _feed.ZoneOf(_node.Name) ?? _node.Zone;
        }

        _node.Install(_heard.Table);
        if (isFirst || changes != 1)
        {
            _log.Write(_component, $"synced {_heard.Table.Count} service ports");
        }
        else
        {
            _log.Write(_component, $"synced {_heard.Changed.Namespace}/{_heard.Changed.Name}: {_heard.Endpoints} endpoints");
        }

        DeleteStaleUdpFlows(udpChanges, UdpChanges.IPv4);
        DeleteStaleUdpFlows(udpChanges, UdpChanges.IPv6);
        if (_heard.Next is { } later)
        {
            ScheduleSync(later.Time);
        }
    }

    /// <summary>After the rules are there: a client's next packet then finds an endpoint that serves.</summary>
    private void DeleteStaleUdpFlows(UdpChanges changes, UdpChanges family)
    {
        if ((changes & family) == UdpChanges.None || _node.Conntrack.Count == 0)
        {
            return;
        }

        int deleted = _node.Conntrack.Delete(_heard.StaleUdpFlows(family == UdpChanges.IPv6).IsStale, _queue.Now);
        if (deleted > 0)
        {
            _log.Write(_component, $"deleted {deleted} stale UDP flows");
        }
    }
}
