using KubeSim.Api;
using KubeSim.ApiServer;
using KubeSim.Simulation;

namespace KubeSim.Dns;

/// <summary>
/// The cluster's DNS server, as kubeadm runs CoreDNS: it watches Services, EndpointSlices and Namespaces, each by a watch of its own,
/// answers for its zones, and asks upstream for the rest. With a delay it answers SERVFAIL for what it does not know until the first lists are there.
/// </summary>
internal sealed class DnsServer : INameServer, IDisposable
{
    private readonly DnsServerOptions _options;
    private readonly EventQueue _queue;
    private readonly DeterministicRandom _random;
    private readonly INameServer _upstream;
    private readonly ClusterZone _zone;
    private readonly List<IDisposable> _subscriptions = [];
    private long _visibleChanges;

    /// <summary>What the order of answers is drawn from.</summary>
    internal DeterministicRandom Shuffling => _random;

    /// <summary>A server that is fed with changes by hand, and knows from the start all there is.</summary>
    /// <param name="queue">The time.</param>
    /// <param name="random">Orders the addresses of a reply.</param>
    /// <param name="options">The zones and how they are served.</param>
    /// <param name="upstream">Who is asked for other names; by default nobody knows any.</param>
    public DnsServer(EventQueue queue, DeterministicRandom random, DnsServerOptions options, INameServer? upstream = null)
    {
        _options = options;
        _queue = queue;
        _random = random;
        _upstream = upstream ?? HostRecords.None;
        _zone = new ClusterZone(Records, options, this, () => IsSynced) { Serial = Now };
    }

    /// <summary>A server that watches an API server.</summary>
    /// <param name="server">What is watched.</param>
    /// <param name="queue">The time.</param>
    /// <param name="log">Takes a line when the first lists are there.</param>
    /// <param name="random">Orders the addresses of a reply.</param>
    /// <param name="options">The zones and how they are served.</param>
    /// <param name="watchDelay">How much later changes are seen.</param>
    /// <param name="upstream">Who is asked for other names; by default nobody knows any.</param>
    public DnsServer(
        KubeApiServer server, EventQueue queue, RunLog log, DeterministicRandom random, DnsServerOptions options, TimeSpan watchDelay = default, INameServer? upstream = null)
        : this(queue, random, options, upstream)
    {
        IsSynced = false;
        var scope = new WatchScope { Delay = watchDelay };
        _subscriptions.Add(server.Subscribe<Namespace>(Apply, scope));
        _subscriptions.Add(server.Subscribe<Service>(Apply, scope));
        _subscriptions.Add(server.Subscribe<EndpointSlice>(Apply, scope));
        if (options.WatchesPods)
        {
            _subscriptions.Add(server.Subscribe<Pod>(Apply, scope));
        }

        Sync(log, watchDelay);
    }

    /// <summary>Whether the first lists of the watches are there; before that a name that is not known is not denied.</summary>
    public bool IsSynced { get; set; } = true;

    /// <summary>What the server knows of the cluster.</summary>
    public ClusterRecords Records { get; } = new();

    public DnsServerOptions Options => _options;

    /// <summary>The serial number of the zone.</summary>
    /// <value>Unix time in seconds.</value>
    public long Serial
    {
        get => _zone.Serial;
        set => _zone.Serial = value;
    }

    private long Now => _options.Start.ToUnixTimeSeconds() + (_queue.Now.Ticks / TimeSpan.TicksPerSecond);

    public void Apply(ObjectChange<Namespace> change) => Records.Apply(change);

    public void Apply(ObjectChange<Service> change)
    {
        Records.Apply(change);
        MoveSerial();
    }

    public void Apply(ObjectChange<EndpointSlice> change)
    {
        Records.Apply(change);
        MoveSerial();
    }

    public void Apply(ObjectChange<Pod> change)
    {
        Records.Pods.Apply(change);
        MoveSerial();
    }

    public DnsResponse Query(string name, DnsRecordType type)
    {
        DnsResponse response = Answer(name, type);
        return response.Code == DnsResponseCode.NoError && (response.Answer.Length > 1 || response.Additional.Length > 1)
            ? response with { Answer = AnswerOrder.Shuffle(response.Answer, _random), Additional = AnswerOrder.Shuffle(response.Additional, _random) }
            : response;
    }

    /// <summary>Answers a packet: also what the size of its answer and its sender make of it.</summary>
    public DnsResponse Query(in DnsQuestion question)
    {
        if (!question.IsInternet)
        {
            return new(DnsResponseCode.Refused);
        }

        if (question.Type is ZoneTransfer.Whole or ZoneTransfer.Changes)
        {
            return question.IsTcp && _options.Transfer && IsServed(question.Name) ? _zone.Transfer(question) : new(DnsResponseCode.Refused);
        }

        DnsResponse? found = _options.SearchesForPods ? new SearchOnServer(Records.Pods, _options.ClusterDomain, this).Query(question) : null;
        return MessageSize.Fit(question, found ?? Query(question.Name, question.Type));
    }

    public void Dispose()
    {
        foreach (IDisposable subscription in _subscriptions)
        {
            subscription.Dispose();
        }
    }

    private DnsResponse Answer(string name, DnsRecordType type)
    {
        string? zone = null;
        foreach (string served in _options.Zones)
        {
            if (DnsName.IsIn(name, served) && (zone is null || served.Length > zone.Length))
            {
                zone = served;
            }
        }

        if (zone is null)
        {
            return _upstream.Query(name, type);
        }

        DnsResponse response = _zone.Query(name, name.AsSpan(name.Length - zone.Length), type);
        return response.Code is DnsResponseCode.NxDomain or DnsResponseCode.ServFail && FallsThrough(name) ? _upstream.Query(name, type) : response;
    }

    private bool IsServed(string zone)
    {
        foreach (string served in _options.Zones)
        {
            if (zone.Equals(served, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    private bool FallsThrough(string name)
    {
        foreach (string zone in _options.Fallthrough)
        {
            if (DnsName.IsIn(name, zone))
            {
                return true;
            }
        }

        return false;
    }

    private void MoveSerial()
    {
        long visible = Records.VisibleChanges + Records.Pods.VisibleChanges;
        if (_visibleChanges != visible)
        {
            _visibleChanges = visible;
            _zone.Serial = Now;
        }
    }

    private void Sync(RunLog log, TimeSpan watchDelay)
    {
        if (watchDelay == TimeSpan.Zero)
        {
            IsSynced = true;
            log.Write("dns", $"serves {_options.ClusterDomain}");
            return;
        }

        // Scheduled behind the first lists of the same instant.
        _queue.Schedule(_queue.After(watchDelay), _ =>
        {
            IsSynced = true;
            log.Write("dns", $"serves {_options.ClusterDomain}");
        });
    }
}
