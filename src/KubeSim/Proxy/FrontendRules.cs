using KubeSim.Addressing;
using KubeSim.Api;
using KubeSim.Collections;
using KubeSim.Dataplane;

namespace KubeSim.Proxy;

/// <summary>What a Service alone says of its ports: where they answer and how; their endpoints come from the slices.</summary>
/// <source>kubernetes v1.36, pkg/proxy/serviceport.go: newBaseServiceInfo; pkg/proxy/util: ShouldSkipService</source>
internal static class FrontendRules
{
    private const int DefaultAffinitySeconds = 10800;

    /// <summary>Whether kube-proxy looks at the Service: not without a ClusterIP, not for another name, not where another proxy serves it.</summary>
    public static bool IsProxied(Service service) =>
        service.Spec.Type != ServiceType.ExternalName
        && service.Spec.ClusterIP is not (null or "" or "None")
        && !service.Metadata.Labels.ContainsKey(WellKnownLabels.ServiceProxyName);

    /// <summary>A rule without endpoints for each port in each address family.</summary>
    public static IReadOnlyList<ServiceRule> Of(Service service, KubeProxyOptions options)
    {
        var rules = new List<ServiceRule>();
        if (!IsProxied(service))
        {
            return rules;
        }

        IReadOnlyList<string> addresses = service.Spec.ClusterIPs.IsEmpty ? [service.Spec.ClusterIP!] : service.Spec.ClusterIPs;
        foreach (string text in addresses)
        {
            if (LenientAddress.TryParse(text, out IpAddress clusterIP) && !rules.Exists(rule => rule.ClusterIP.IsIPv4 == clusterIP.IsIPv4))
            {
                AddFamily(rules, service, clusterIP, options);
            }
        }

        return rules;
    }

    /// <summary>The protocol of a port, or null for a word that is none.</summary>
    public static TransportProtocol? ProtocolOf(string? text) => text switch
    {
        null or "" or Protocol.TCP => TransportProtocol.Tcp,
        Protocol.UDP => TransportProtocol.Udp,
        Protocol.SCTP => TransportProtocol.Sctp,
        _ => null,
    };

    private static void AddFamily(List<ServiceRule> rules, Service service, IpAddress clusterIP, KubeProxyOptions options)
    {
        bool isIPv4 = clusterIP.IsIPv4;
        ServiceSpec spec = service.Spec;
        EquatableArray<IpAddress> externalIPs = options.AllowServiceExternalIPs ? OfFamily(spec.ExternalIPs, isIPv4) : default;
        EquatableArray<IpAddress> loadBalancerIPs = OfFamily(service.Status.LoadBalancer.Ingress.Where(ingress => ingress.IPMode is null or "VIP" || !options.LoadBalancerIPMode).Select(ingress => ingress.IP), isIPv4);
        EquatableArray<Cidr> sourceRanges = SourceRanges(spec.LoadBalancerSourceRanges, isIPv4);
        foreach (ServicePort port in spec.Ports)
        {
            if (ProtocolOf(port.Protocol) is not { } protocol || port.Port is not (> 0 and <= ushort.MaxValue and var number))
            {
                continue;
            }

            rules.Add(new ServiceRule
            {
                Name = new ServicePortName(service.Name, port.Name ?? "", protocol, !isIPv4),
                ClusterIP = clusterIP,
                Port = (ushort)number,
                NodePort = (ushort)(port.NodePort ?? 0),
                ExternalIPs = externalIPs,
                LoadBalancerIPs = loadBalancerIPs,
                InternalLocal = spec.InternalTrafficPolicy == TrafficPolicy.Local,
                ExternalLocal = spec.ExternalTrafficPolicy == TrafficPolicy.Local && IsExternallyAccessible(spec),
                SourceRanges = sourceRanges,
                AffinityTimeout = AffinityTimeout(spec),
                HealthCheckNodePort = HealthCheckNodePort(spec),
            });
        }
    }

    private static bool IsExternallyAccessible(ServiceSpec spec) =>
        spec.Type is ServiceType.LoadBalancer or ServiceType.NodePort || (spec.Type is null or "" or ServiceType.ClusterIP && !spec.ExternalIPs.IsEmpty);

    private static ushort HealthCheckNodePort(ServiceSpec spec) =>
        spec is { Type: ServiceType.LoadBalancer, ExternalTrafficPolicy: TrafficPolicy.Local, HealthCheckNodePort: > 0 and <= ushort.MaxValue and var port } ? (ushort)port : (ushort)0;

    private static TimeSpan? AffinityTimeout(ServiceSpec spec) => spec.SessionAffinity == SessionAffinity.ClientIP
        ? TimeSpan.FromSeconds(spec.SessionAffinityConfig?.ClientIP?.TimeoutSeconds ?? DefaultAffinitySeconds)
        : null;

    private static EquatableArray<IpAddress> OfFamily(IEnumerable<string?> texts, bool isIPv4)
    {
        EquatableArray<IpAddress> addresses = default;
        foreach (string? text in texts)
        {
            if (LenientAddress.TryParse(text, out IpAddress address) && address.IsIPv4 == isIPv4 && !addresses.AsSpan().Contains(address))
            {
                addresses = addresses.Add(address);
            }
        }

        return addresses;
    }

    /// <summary>The blocks of the family; a block of everything makes the whole list count as empty.</summary>
    private static EquatableArray<Cidr> SourceRanges(EquatableArray<string> texts, bool isIPv4)
    {
        EquatableArray<Cidr> ranges = default;
        foreach (string text in texts)
        {
            if (LenientAddress.TryParseCidr(text, out Cidr range) && range.First.IsIPv4 == isIPv4)
            {
                if (range.PrefixLength == 0)
                {
                    return default;
                }

                ranges = ranges.Add(range);
            }
        }

        return ranges;
    }
}
