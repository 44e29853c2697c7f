using KubeSim.Addressing;
using KubeSim.Collections;

namespace KubeSim.Dns;

/// <summary>What stands in the server's Corefile; by default what kubeadm writes.</summary>
/// <source>kubeadm v1.36, the Corefile of its CoreDNS addon</source>
internal sealed record DnsServerOptions
{
    public static DnsServerOptions Default { get; } = new();

    /// <summary>The zones it answers for; the first that is not a reverse zone is the cluster domain.</summary>
    public EquatableArray<string> Zones { get; init; } = ["cluster.local", ReverseName.IPv4Zone, ReverseName.IPv6Zone];

    /// <summary>Of every record but the spec's version. 0 to 3,600 s.</summary>
    public TimeSpan Ttl { get; init; } = TimeSpan.FromSeconds(30);

    public PodRecordMode Pods { get; init; } = PodRecordMode.Insecure;

    /// <summary>Zones under which a name that does not exist is asked upstream.</summary>
    public EquatableArray<string> Fallthrough { get; init; } = [ReverseName.IPv4Zone, ReverseName.IPv6Zone];

    /// <summary>The namespaces it knows; empty for all.</summary>
    public EquatableArray<string> Namespaces { get; init; }

    /// <summary>Whether a ClusterIP Service without a ready endpoint has no name.</summary>
    public bool IgnoreEmptyService { get; init; }

    /// <summary>Whether endpoints have no records at all.</summary>
    public bool NoEndpoints { get; init; }

    /// <summary>Whether an endpoint without hostname is called like its Pod.</summary>
    public bool EndpointPodNames { get; init; }

    /// <summary>The server's own addresses, the name server of its zones.</summary>
    public EquatableArray<IpAddress> LocalAddresses { get; init; }

    /// <summary>When the cluster started: serial numbers are Unix time.</summary>
    public DateTimeOffset Start { get; init; } = DateTimeOffset.UnixEpoch;

    /// <summary>Whether the endpoints of one zone have names of their own: <c>zone-a.pin._zone.db</c>.</summary>
    public bool ZonalNames { get; init; }

    /// <summary>Whether secondary servers may have the whole zone.</summary>
    public bool Transfer { get; init; }

    /// <summary>Whether the server walks the search list for Pods that ask.</summary>
    public bool SearchesForPods { get; init; }

    /// <summary>Whether the server has to know the Pods.</summary>
    public bool WatchesPods => Pods == PodRecordMode.Verified || SearchesForPods;

    public string ClusterDomain
    {
        get
        {
            foreach (string zone in Zones)
            {
                if (!ReverseName.IsReverse(zone))
                {
                    return zone;
                }
            }

            throw new InvalidOperationException("No zone of the DNS server is a cluster domain.");
        }
    }
}
