using System.Collections.Immutable;
using KubeSim.Api;
using KubeSim.Dataplane;

namespace KubeSim.Proxy;

/// <summary>
/// From Services and EndpointSlices, in whatever order they come, to the table that every node of the cluster installs. It is
/// fed objects, not a server: also such as a server would refuse.
/// </summary>
internal sealed class ServiceTableBuilder
{
    private readonly KubeProxyOptions _options;
    private readonly Dictionary<NamespacedName, ProxiedService> _services = [];
    private readonly Dictionary<NamespacedName, NamespacedName> _serviceOfSlice = [];

    /// <summary>Services that have changed since the table was asked for, in order, with the rules that it has of them.</summary>
    private readonly OrderedDictionary<NamespacedName, ServiceRule[]> _pending = [];

    private ServiceTable _table = ServiceTable.Empty;
    private NamespacedName _lastChanged;
    private UdpChanges _udpChanges;

    public ServiceTableBuilder(KubeProxyOptions options)
    {
        _options = options;
    }

    /// <summary>The table for what is known now; the same instance while nothing in it changes.</summary>
    public ServiceTable Table
    {
        get
        {
            Write();
            return _table;
        }
    }

    /// <summary>The Services with UDP ports.</summary>
    public ImmutableSortedDictionary<NamespacedName, UdpService> UdpServices { get; private set; } = ImmutableSortedDictionary<NamespacedName, UdpService>.Empty;

    /// <summary>The Service whose rules, or UDP endpoints, changed last.</summary>
    public NamespacedName LastChanged
    {
        get
        {
            Write();
            return _lastChanged;
        }
    }

    /// <summary>A new or changed Service.</summary>
    public void Set(Service service) => Change(service.Name, entry => entry.Set(service));

    /// <summary>A Service that is gone; its slices may stay.</summary>
    public void RemoveService(NamespacedName name) => Change(name, static entry => entry.Set((Service?)null));

    /// <summary>A new or changed slice; one that names no Service is not looked at.</summary>
    public void Set(EndpointSlice slice)
    {
        string? owner = slice.Metadata.Labels[WellKnownLabels.ServiceName];
        var service = new NamespacedName(slice.Metadata.Namespace, owner ?? "");
        if (_serviceOfSlice.TryGetValue(slice.Name, out NamespacedName before) && before != service)
        {
            RemoveSlice(slice.Name);
        }

        if (!string.IsNullOrEmpty(owner))
        {
            _serviceOfSlice[slice.Name] = service;
            Change(service, entry => entry.Set(slice));
        }
    }

    /// <summary>A slice that is gone.</summary>
    public void RemoveSlice(NamespacedName name)
    {
        if (_serviceOfSlice.Remove(name, out NamespacedName service))
        {
            Change(service, entry => entry.RemoveSlice(name.Name));
        }
    }

    /// <summary>Whether <see cref="TakeUdpChanges"/> has something to tell.</summary>
    public bool HasUdpChanges => _udpChanges != UdpChanges.None;

    /// <summary>In which address families a Service's slices have changed, with a UDP port in them before or after, since this was asked last.</summary>
    public UdpChanges TakeUdpChanges()
    {
        UdpChanges changes = _udpChanges;
        _udpChanges = UdpChanges.None;
        return changes;
    }

    /// <summary>How many endpoints the slices list for a Service's ports, the most of any port.</summary>
    public int EndpointCount(NamespacedName service)
    {
        int most = 0;
        foreach (ServiceRule rule in _services.TryGetValue(service, out ProxiedService? entry) ? entry.Rules : [])
        {
            most = Math.Max(most, rule.EndpointCount);
        }

        return most;
    }

    private void Change(NamespacedName name, Action<ProxiedService> change)
    {
        if (!_services.TryGetValue(name, out ProxiedService? entry))
        {
            entry = new ProxiedService(_options);
            _services.Add(name, entry);
        }

        if (!_pending.ContainsKey(name))
        {
            _pending.Add(name, [.. entry.Rules]);
        }

        change(entry);
        UdpChanges udpChanges = entry.TakeUdpChanges();
        _udpChanges |= udpChanges;
        if (entry.Udp() is { } udp)
        {
            UdpServices = UdpServices.SetItem(name, udp);
        }
        else if (UdpServices.ContainsKey(name))
        {
            UdpServices = UdpServices.Remove(name);
        }

        if (entry.IsGone)
        {
            _services.Remove(name);
        }

        if (udpChanges != UdpChanges.None)
        {
            _lastChanged = name;
        }
    }

    /// <summary>Puts the rules of the Services that have changed into the table.</summary>
    private void Write()
    {
        if (_pending.Count == 0)
        {
            return;
        }

        var changed = new List<ServiceRule>();
        foreach ((NamespacedName name, ServiceRule[] before) in _pending)
        {
            IReadOnlyList<ServiceRule> rules = _services.TryGetValue(name, out ProxiedService? entry) ? entry.Rules : [];
            foreach (ServiceRule rule in before)
            {
                if (!Holds(rules, rule.Name))
                {
                    _table = _table.Without(rule.Name);
                    _lastChanged = name;
                }
            }

            foreach (ServiceRule rule in rules)
            {
                if (!ReferenceEquals(_table.Find(rule.Name), rule))
                {
                    changed.Add(rule);
                    _lastChanged = name;
                }
            }
        }

        _pending.Clear();
        _table = _table.With(changed);
    }

    private static bool Holds(IReadOnlyList<ServiceRule> rules, ServicePortName name)
    {
        foreach (ServiceRule rule in rules)
        {
            if (rule.Name.Equals(name))
            {
                return true;
            }
        }

        return false;
    }
}
