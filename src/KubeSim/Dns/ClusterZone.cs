using KubeSim.Addressing;
using KubeSim.Collections;

namespace KubeSim.Dns;

/// <summary>
/// The cluster's zone as CoreDNS serves it: an answer is a function of what is known of the cluster, the configuration and the question.
/// Also where CoreDNS leaves the rules of DNS, for example NXDOMAIN for a TXT question at the zone's own name.
/// </summary>
/// <source>coredns 1.14 plugin/kubernetes/handler.go and plugin/backend_lookup.go; Kubernetes DNS specification 1.1.0</source>
internal sealed class ClusterZone(ClusterRecords records, DnsServerOptions options, INameServer server, Func<bool> isSynced)
{
    private const string NameServerLabels = "ns.dns";
    private const int LongestChain = 7;
    private static readonly TimeSpan VersionTtl = TimeSpan.FromSeconds(28_800);

    private readonly ZoneLookup _lookup = new(records, options);
    private readonly NameServerRecords _nameServer = new(records, options);
    private readonly List<ZoneItem> _items = [];
    private EquatableArray<DnsRecord> _soa;
    private long _soaSerial = -1;

    /// <summary>Unix time of the last change that can be seen in the zone.</summary>
    public long Serial { get; set; }

    /// <param name="name">The name, with or without records.</param>
    /// <param name="zone">The part of it that is the zone, in the case of the question.</param>
    /// <param name="type">The type asked for.</param>
    public DnsResponse Query(string name, ReadOnlySpan<char> zone, DnsRecordType type)
    {
        ReadOnlySpan<char> labels = name.Length == zone.Length ? default : name.AsSpan(0, name.Length - zone.Length - 1);
        return type switch
        {
            DnsRecordType.A or DnsRecordType.AAAA => ForAddresses(name, zone, labels, type, []),
            DnsRecordType.SRV => ForPorts(name, zone, labels),
            DnsRecordType.CNAME => ForAlias(name, zone, labels),
            DnsRecordType.PTR => ForPointer(name, zone, labels),
            DnsRecordType.TXT => ForText(name, zone, labels),
            DnsRecordType.NS when labels.IsEmpty && IsLowerCase(zone) => ForNameServer(name, zone),
            DnsRecordType.SOA => labels.IsEmpty ? new(DnsResponseCode.NoError, Soa(zone)) : NoData(zone),
            _ => Exists(zone, labels, out _) ? NoData(zone) : NxDomain(zone),
        };
    }

    /// <summary>The whole zone; for a secondary server that is up to date only its beginning.</summary>
    public DnsResponse Transfer(in DnsQuestion question)
    {
        DnsRecord soa = Soa(question.Name)[0];
        return new(DnsResponseCode.NoError, question.Type == ZoneTransfer.Changes && question.Serial >= Serial
            ? [soa] : new ZoneTransfer(records, options, _lookup, _nameServer).Of(question.Name, soa));
    }

    private DnsResponse NoData(ReadOnlySpan<char> zone) => new(DnsResponseCode.NoError, Authority: Soa(zone));

    private DnsResponse NxDomain(ReadOnlySpan<char> zone) => new(isSynced() ? DnsResponseCode.NxDomain : DnsResponseCode.ServFail, Authority: Soa(zone));

    private DnsResponse Reply(ReadOnlySpan<char> zone, List<DnsRecord> answer, List<DnsRecord>? additional = null) =>
        answer.Count == 0 ? NoData(zone) : new(DnsResponseCode.NoError, answer.ToEquatableArray(), Additional: additional is null ? default : additional.ToEquatableArray());

    private ZoneFinding Find(ReadOnlySpan<char> zone, ReadOnlySpan<char> labels, bool wantsPorts, out ServiceRecords? service)
    {
        if (labels.SequenceEqual(NameServerLabels) && IsLowerCase(zone))
        {
            service = null;
            return _nameServer.Find(_items);
        }

        service = null;
        return ReverseName.IsReverse(zone) ? ZoneFinding.Nothing : _lookup.Find(labels, wantsPorts, _items, out service);
    }

    private bool Exists(ReadOnlySpan<char> zone, ReadOnlySpan<char> labels, out ServiceRecords? service)
    {
        service = null;
        return labels.IsEmpty || Find(zone, labels, wantsPorts: false, out service) != ZoneFinding.Nothing;
    }

    private DnsResponse ForAddresses(string name, ReadOnlySpan<char> zone, ReadOnlySpan<char> labels, DnsRecordType type, List<DnsRecord> chain)
    {
        if (!Exists(zone, labels, out ServiceRecords? service))
        {
            return NxDomain(zone);
        }

        if (service is { IsExternalName: true })
        {
            return Chase(name, zone, service.Service!.Spec.ExternalName!, type, chain);
        }

        return labels.IsEmpty ? NoData(zone) : ForItems(name, zone, type);
    }

    private DnsResponse ForItems(string name, ReadOnlySpan<char> zone, DnsRecordType type)
    {
        bool wantsIPv4 = type == DnsRecordType.A;
        if (_items.Count == 1)
        {
            return _items[0].Address.IsIPv4 == wantsIPv4 ? new(DnsResponseCode.NoError, [DnsRecord.ForAddress(name, options.Ttl, _items[0].Address)]) : NoData(zone);
        }

        var answer = new List<DnsRecord>(_items.Count);
        var seen = new HashSet<IpAddress>();
        foreach (ZoneItem item in _items)
        {
            if (item.Address.IsIPv4 == wantsIPv4 && seen.Add(item.Address))
            {
                answer.Add(DnsRecord.ForAddress(name, options.Ttl, item.Address));
            }
        }

        return Reply(zone, answer);
    }

    /// <summary>Follows an alias. Inside the zone a target without records hides the alias too; outside, the alias is the answer whatever comes of the target.</summary>
    private DnsResponse Chase(string name, ReadOnlySpan<char> zone, string externalName, DnsRecordType type, List<DnsRecord> chain)
    {
        string target = Complete(externalName);
        if (target.Equals(name, StringComparison.OrdinalIgnoreCase) || chain.Count > LongestChain
            || chain.Exists(link => link.Target.Equals(target, StringComparison.OrdinalIgnoreCase)) || !DnsName.IsValid(target, out _))
        {
            return NoData(zone);
        }

        DnsRecord alias = DnsRecord.ForName(name, DnsRecordType.CNAME, options.Ttl, target);
        DnsResponse next;
        if (DnsName.IsIn(target, zone))
        {
            ReadOnlySpan<char> targetZone = target.AsSpan(target.Length - zone.Length);
            chain.Add(alias);
            next = ForAddresses(target, targetZone, target.Length == zone.Length ? default : target.AsSpan(0, target.Length - zone.Length - 1), type, chain);
            return next.Answer.IsEmpty ? NoData(zone) : next with { Answer = [alias, .. next.Answer], Authority = default };
        }

        next = server.Query(target, type);
        return new(DnsResponseCode.NoError, [alias, .. next.Answer]) { IsTruncated = next.IsTruncated };
    }

    private DnsResponse ForPorts(string name, ReadOnlySpan<char> zone, ReadOnlySpan<char> labels)
    {
        if (labels.IsEmpty)
        {
            return NoData(zone);
        }

        ZoneFinding finding = Find(zone, labels, wantsPorts: true, out ServiceRecords? service);
        if (finding != ZoneFinding.Addresses)
        {
            return finding == ZoneFinding.Nothing ? NxDomain(zone) : NoData(zone);
        }

        var answer = new List<DnsRecord>();
        var additional = new List<DnsRecord>();
        string own = service is null ? Name(name, zone, labels) : $"{service.Name.Name}.{service.Name.Namespace}.svc.{zone}";
        PortRecords.Add(_items, own, name, options, answer, additional);
        return Reply(zone, answer, additional);
    }

    /// <summary>What SRV records of a Pod's name, or of the name server's, lead to: the name without what is left of its address label.</summary>
    private static string Name(string name, ReadOnlySpan<char> zone, ReadOnlySpan<char> labels)
    {
        ClusterName parsed = ClusterName.Parse(labels);
        return parsed.IsPod ? $"{parsed.Service.ToString().ToLowerInvariant()}.{parsed.Namespace.ToString().ToLowerInvariant()}.pod.{zone}" : name;
    }

    private DnsResponse ForAlias(string name, ReadOnlySpan<char> zone, ReadOnlySpan<char> labels)
    {
        if (!Exists(zone, labels, out ServiceRecords? service))
        {
            return NxDomain(zone);
        }

        return service is { IsExternalName: true }
            ? new(DnsResponseCode.NoError, [DnsRecord.ForName(name, DnsRecordType.CNAME, options.Ttl, Complete(service.Service!.Spec.ExternalName!))])
            : NoData(zone);
    }

    private DnsResponse ForPointer(string name, ReadOnlySpan<char> zone, ReadOnlySpan<char> labels)
    {
        if (!ReverseName.TryRead(name, out IpAddress address))
        {
            return Exists(zone, labels, out _) ? NoData(zone) : NxDomain(zone);
        }

        var answer = new List<DnsRecord>();
        foreach (string target in PointerTargets.Of(address, records, options, _lookup))
        {
            answer.Add(DnsRecord.ForName(name, DnsRecordType.PTR, options.Ttl, target));
        }

        return answer.Count == 0 ? NxDomain(zone) : Reply(zone, answer);
    }

    private DnsResponse ForText(string name, ReadOnlySpan<char> zone, ReadOnlySpan<char> labels)
    {
        if (labels.Equals("dns-version", StringComparison.OrdinalIgnoreCase))
        {
            return new(DnsResponseCode.NoError, [DnsRecord.ForText(name, VersionTtl, "1.1.0")]);
        }

        // Only a name with records of another type is known here; the zone and namespaces are NXDOMAIN.
        return !labels.IsEmpty && !labels.SequenceEqual(NameServerLabels)
            && Find(zone, labels, wantsPorts: false, out _) is ZoneFinding.Addresses or ZoneFinding.Alias or ZoneFinding.Vacant ? NoData(zone) : NxDomain(zone);
    }

    private DnsResponse ForNameServer(string name, ReadOnlySpan<char> zone)
    {
        var answer = new List<DnsRecord>();
        var additional = new List<DnsRecord>();
        _nameServer.Add(name, zone, answer, additional);
        return answer.Count == 0 ? NxDomain(zone) : Reply(zone, answer, additional);
    }

    private EquatableArray<DnsRecord> Soa(ReadOnlySpan<char> zone)
    {
        if (!zone.SequenceEqual(options.Zones[0]))
        {
            return [DnsRecord.ForZone(zone.ToString(), options.Ttl, Serial)];
        }

        if (_soaSerial != Serial)
        {
            _soa = [DnsRecord.ForZone(options.Zones[0], options.Ttl, Serial)];
            _soaSerial = Serial;
        }

        return _soa;
    }

    private static string Complete(string name) => name.EndsWith('.') ? name[..^1] : name;

    private static bool IsLowerCase(ReadOnlySpan<char> text) => !text.ContainsAnyInRange('A', 'Z');
}
