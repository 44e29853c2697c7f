using System.Collections.Immutable;
using KubeSim.Api;
using KubeSim.Dataplane;

namespace KubeSim.Proxy;

/// <summary>
/// What the API server said of all Services at some time, as a table, and a link to what it said next. A kube-proxy only
/// remembers how far it has read; what all have read is garbage.
/// </summary>
internal sealed class ServiceVersion(ServiceTableBuilder builder, TimeSpan time)
{
    private readonly ImmutableSortedDictionary<NamespacedName, UdpService> _udpServices = builder.UdpServices;
    private readonly StaleUdpFlows?[] _stale = new StaleUdpFlows?[2];

    public ServiceTable Table { get; } = builder.Table;

    /// <summary>The release that kube-proxy is of.</summary>
    public KubernetesRelease Release { get; } = builder.Release;

    /// <summary>When it became so, in virtual time.</summary>
    public TimeSpan Time => time;

    /// <summary>The Service that differs from the version before.</summary>
    public NamespacedName Changed { get; } = builder.LastChanged;

    /// <summary>How many endpoints that Service's slices list.</summary>
    public int Endpoints { get; } = builder.EndpointCount(builder.LastChanged);

    /// <summary>Where stale UDP flows may have come up since the version before.</summary>
    public UdpChanges UdpChanges { get; } = builder.TakeUdpChanges();

    public ServiceVersion? Next { get; set; }

    /// <summary>What is stale by this version; made once for all nodes.</summary>
    public StaleUdpFlows StaleUdpFlows(bool isIPv6) => _stale[isIPv6 ? 1 : 0] ??= new StaleUdpFlows(
        _udpServices.Values.SelectMany(service => service.Rules),
        EndpointsMap.Of(_udpServices.Values.SelectMany(service => service.Slices), isIPv6),
        isIPv6,
        Release.DeletesUdpFlowsOfEmptyServices);
}
