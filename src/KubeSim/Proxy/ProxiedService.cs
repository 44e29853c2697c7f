using KubeSim.Addressing;
using KubeSim.Api;
using KubeSim.Dataplane;

namespace KubeSim.Proxy;

/// <summary>A Service and its slices as kube-proxy knows them, and the rules that follow.</summary>
internal sealed class ProxiedService(KubeProxyOptions options)
{
    private readonly SortedDictionary<string, EndpointSlice> _slices = new(StringComparer.Ordinal);
    private readonly List<ServicePortEndpoints> _endpoints = [];
    private readonly List<ServiceRule> _rules = [];
    private IReadOnlyList<ServiceRule> _frontends = [];
    private Service? _service;
    private UdpChanges _udpChanges;

    /// <summary>One rule for each port in each family, in the Service's order.</summary>
    public IReadOnlyList<ServiceRule> Rules => _rules;

    /// <summary>Whether neither the Service nor a slice of it is left.</summary>
    public bool IsGone => _service is null && _slices.Count == 0;

    /// <summary>A new or changed Service; null when it has been deleted.</summary>
    public void Set(Service? service)
    {
        if (service is not null && _service is not null && service.Spec == _service.Spec && service.Status == _service.Status
            && FrontendRules.IsProxied(service) == FrontendRules.IsProxied(_service))
        {
            _service = service;
            return;
        }

        _service = service;
        _frontends = service is null ? [] : FrontendRules.Of(service, options);
        ServicePortEndpoints[] before = [.. _endpoints];
        ServiceRule[] rules = [.. _rules];
        _endpoints.Clear();
        _rules.Clear();
        foreach (ServiceRule frontend in _frontends)
        {
            EndpointUse use = EndpointUse.Of(frontend, options);
            int place = Array.FindIndex(rules, rule => rule.Name.Equals(frontend.Name));
            _endpoints.Add(place >= 0 && before[place].Use == use ? before[place] : EndpointsOf(frontend.Name, use));
            ServiceRule now = RuleOf(_rules.Count);
            _rules.Add(place >= 0 && now == rules[place] ? rules[place] : now);
        }
    }

    /// <summary>A new or changed slice.</summary>
    public void Set(EndpointSlice slice)
    {
        _slices.TryGetValue(slice.Metadata.Name, out EndpointSlice? before);
        NoteUdpChange(before, slice);
        _slices[slice.Metadata.Name] = slice;
        foreach (ServicePortEndpoints endpoints in _endpoints)
        {
            endpoints.Set(slice);
        }

        Refresh();
    }

    public void RemoveSlice(string slice)
    {
        if (_slices.TryGetValue(slice, out EndpointSlice? before))
        {
            NoteUdpChange(before, null);
            _slices.Remove(slice);
        }

        foreach (ServicePortEndpoints endpoints in _endpoints)
        {
            endpoints.Remove(slice);
        }

        Refresh();
    }

    /// <summary>The Service's UDP ports and its slices; null where it has none.</summary>
    public UdpService? Udp()
    {
        ServiceRule[] udp = [.. _rules.Where(static rule => rule.Name.Protocol == TransportProtocol.Udp)];
        return udp.Length == 0 ? null : new UdpService([.. udp], [.. _slices.Values]);
    }

    /// <summary>What <see cref="ServiceTableBuilder.TakeUdpChanges"/> says, for this Service.</summary>
    public UdpChanges TakeUdpChanges()
    {
        UdpChanges changes = _udpChanges;
        _udpChanges = UdpChanges.None;
        return changes;
    }

    /// <summary>Any slice that changes counts where any slice of the Service has or had a UDP port: kube-proxy compares Services, not ports.</summary>
    private void NoteUdpChange(EndpointSlice? before, EndpointSlice? now)
    {
        if (before is not null && now is not null && before.AddressType == now.AddressType && before.Ports == now.Ports && before.Endpoints == now.Endpoints)
        {
            return;
        }

        _udpChanges |= UdpFamily(before) | UdpFamily(now);
        foreach (EndpointSlice slice in _slices.Values)
        {
            _udpChanges |= slice.AddressType == (now ?? before)!.AddressType ? UdpFamily(slice) : UdpChanges.None;
        }
    }

    private static UdpChanges UdpFamily(EndpointSlice? slice)
    {
        foreach (EndpointPort port in slice is null || slice.Endpoints.IsEmpty ? default : slice.Ports)
        {
            if (port is { Name: not null, Port: > 0, Protocol: Protocol.UDP })
            {
                return slice!.AddressType == IPFamily.IPv6 ? UdpChanges.IPv6 : slice.AddressType == IPFamily.IPv4 ? UdpChanges.IPv4 : UdpChanges.None;
            }
        }

        return UdpChanges.None;
    }

    private ServicePortEndpoints EndpointsOf(ServicePortName name, EndpointUse use)
    {
        var endpoints = new ServicePortEndpoints(name, use);
        foreach (EndpointSlice slice in _slices.Values)
        {
            endpoints.Set(slice);
        }

        return endpoints;
    }

    private void Refresh()
    {
        for (int i = 0; i < _rules.Count; i++)
        {
            EndpointSets sets = _endpoints[i].Sets;
            ServiceRule rule = _rules[i];
            if (!ReferenceEquals(rule.Cluster, sets.Cluster) || !ReferenceEquals(rule.Local, sets.Local) || !sets.Counts.HasAny || !rule.HasAny)
            {
                ServiceRule now = RuleOf(i);
                _rules[i] = now == rule ? rule : now;
            }
        }
    }

    private ServiceRule RuleOf(int place)
    {
        ServiceRule frontend = _frontends[place];
        ServicePortEndpoints endpoints = _endpoints[place];
        EndpointSets sets = endpoints.Sets;
        return frontend with
        {
            Cluster = sets.Cluster,
            Local = sets.Local,
            HasAny = sets.Counts.HasAny,
            EndpointCount = endpoints.Count,
            WhyEmpty = sets.Counts.HasAny ? null : EmptyServiceReason.Of(_service!, frontend.Name, _slices.Values, endpoints.Count),
        };
    }
}
