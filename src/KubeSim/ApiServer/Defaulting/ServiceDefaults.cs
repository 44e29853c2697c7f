using KubeSim.Api;

namespace KubeSim.ApiServer.Defaulting;

/// <summary>What a Service says that leaves things out.</summary>
/// <source>kubernetes v1.36, pkg/apis/core/v1/defaults.go, SetDefaults_Service</source>
internal static class ServiceDefaults
{
    internal const int AffinitySeconds = 10800;

    internal static Service Complete(Service value)
    {
        ServiceSpec spec = Complete(value.Spec);
        return ReferenceEquals(spec, value.Spec) ? value : value with { Spec = spec };
    }

    /// <summary>An address on a load balancer is one by which the node knows it.</summary>
    internal static ServiceStatus Complete(ServiceStatus status)
    {
        var ingress = status.LoadBalancer.Ingress.Complete(static (entry, _) => entry.IP is not null && entry.IPMode is null ? entry with { IPMode = "VIP" } : entry, 0);
        return ingress == status.LoadBalancer.Ingress ? status : status with { LoadBalancer = status.LoadBalancer with { Ingress = ingress } };
    }

    private static ServiceSpec Complete(ServiceSpec given)
    {
        // In the store an empty selector is none.
        given = given.Selector is { IsEmpty: true, IsAbsent: false } ? given with { Selector = default } : given;
        ServiceSpec spec = string.IsNullOrEmpty(given.Type) ? given with { Type = ServiceType.ClusterIP } : given;
        spec = CompleteAffinity(spec);
        var ports = spec.Ports.Complete(static (port, _) => Complete(port), 0);
        if (ports != spec.Ports)
        {
            spec = spec with { Ports = ports };
        }

        if (string.IsNullOrEmpty(spec.ExternalTrafficPolicy) && ServiceFacts.IsExternallyAccessible(spec))
        {
            spec = spec with { ExternalTrafficPolicy = TrafficPolicy.Cluster };
        }

        if (spec.Type == ServiceType.ExternalName)
        {
            // The real server keeps the field and hides it from every reader.
            spec = spec.InternalTrafficPolicy is null ? spec : spec with { InternalTrafficPolicy = null };
        }
        else if (spec.InternalTrafficPolicy is null && ServiceFacts.HasClusterIP(spec))
        {
            spec = spec with { InternalTrafficPolicy = TrafficPolicy.Cluster };
        }

        return spec.Type == ServiceType.LoadBalancer && spec.AllocateLoadBalancerNodePorts is null
            ? spec with { AllocateLoadBalancerNodePorts = true } : spec;
    }

    private static ServiceSpec CompleteAffinity(ServiceSpec spec)
    {
        if (string.IsNullOrEmpty(spec.SessionAffinity))
        {
            spec = spec with { SessionAffinity = SessionAffinity.None };
        }

        return spec.SessionAffinity switch
        {
            SessionAffinity.None when spec.SessionAffinityConfig is not null => spec with { SessionAffinityConfig = null },
            SessionAffinity.ClientIP when spec.SessionAffinityConfig?.ClientIP?.TimeoutSeconds is null =>
                spec with { SessionAffinityConfig = new SessionAffinityConfig { ClientIP = new ClientIPConfig { TimeoutSeconds = AffinitySeconds } } },
            _ => spec,
        };
    }

    private static ServicePort Complete(ServicePort port)
    {
        if (string.IsNullOrEmpty(port.Protocol))
        {
            port = port with { Protocol = Protocol.TCP };
        }

        // The real server leaves a zero out.
        if (port.NodePort is 0)
        {
            port = port with { NodePort = null };
        }

        return port.TargetPort is null or { IsNumber: true, Number: 0 } or { Text: "" } ? port with { TargetPort = port.Port ?? 0 } : port;
    }
}
