using KubeSim.Addressing;
using KubeSim.Api;
using KubeSim.ApiServer.Defaulting;

namespace KubeSim.ApiServer.Validation;

/// <summary>The rules of a Service.</summary>
/// <source>kubernetes v1.36, pkg/apis/core/validation/validation.go, ValidateService</source>
internal static class ServiceValidator
{
    private const string OnlyLoadBalancer = "may only be used when `type` is 'LoadBalancer'";
    private const string SourceRangesAnnotation = "service.beta.kubernetes.io/load-balancer-source-ranges";
    private const int LongestAffinity = 86400;

    internal static void Check(FieldErrors errors, Service value)
    {
        Metadata.Check(errors, value, Names.CheckLabel);
        CheckSpec(errors, value);
    }

    internal static void CheckUpdate(FieldErrors errors, Service old, Service value)
    {
        Metadata.CheckUpdate(errors, old, value);
        if (ReferenceEquals(old.Spec, value.Spec))
        {
            return;
        }

        ServiceClusterIPs.CheckUpdate(errors, old.Spec, value.Spec);
        if (old.Spec.Type == ServiceType.LoadBalancer && value.Spec.Type == ServiceType.LoadBalancer && old.Spec.LoadBalancerClass != value.Spec.LoadBalancerClass)
        {
            errors.Invalid("spec.loadBalancerClass", value.Spec.LoadBalancerClass, "may not change once set");
        }

        // The real server says what is wrong with it twice, here and with the rest.
        CheckClass(errors, value.Spec);

        if (ServiceFacts.NeedsHealthCheck(old.Spec) && ServiceFacts.NeedsHealthCheck(value.Spec) && old.Spec.HealthCheckNodePort != value.Spec.HealthCheckNodePort)
        {
            errors.Forbidden("spec.healthCheckNodePort", "field is immutable");
        }

        CheckSpec(errors, value);
    }

    internal static void CheckStatus(FieldErrors errors, Service old, Service value)
    {
        Metadata.CheckUpdate(errors, old, value);
        var ingress = value.Status.LoadBalancer.Ingress;
        if (value.Spec.Type != ServiceType.LoadBalancer && !ingress.IsEmpty)
        {
            errors.Forbidden("status.loadBalancer.ingress", "may only be used when `spec.type` is 'LoadBalancer'");
            return;
        }

        for (int i = 0; i < ingress.Length; i++)
        {
            CheckIngress(errors, $"status.loadBalancer.ingress[{i}]", ingress[i]);
        }
    }

    private static void CheckSpec(FieldErrors errors, Service value)
    {
        ServiceSpec spec = value.Spec;
        if (spec.Ports.IsEmpty && !ServiceFacts.IsHeadless(spec) && spec.Type != ServiceType.ExternalName)
        {
            errors.Required("spec.ports");
        }

        if (ServiceFacts.MayHaveNodePorts(spec) && ServiceFacts.IsHeadless(spec))
        {
            errors.Invalid("spec.clusterIPs[0]", ServiceFacts.Headless, $"may not be set to 'None' for {spec.Type} services");
        }

        if (spec.Type == ServiceType.ExternalName)
        {
            CheckExternalName(errors, spec.ExternalName ?? "");
        }

        ServicePorts.Check(errors, spec.Ports);
        Metadata.CheckLabels(errors, "spec.selector", spec.Selector);
        CheckAffinity(errors, spec);
        ServiceClusterIPs.Check(errors, spec);
        CheckExternalIPs(errors, spec);
        if (spec.Type is not (ServiceType.ClusterIP or ServiceType.ExternalName or ServiceType.LoadBalancer or ServiceType.NodePort))
        {
            errors.NotSupported("spec.type", spec.Type, ServiceType.ClusterIP, ServiceType.ExternalName, ServiceType.LoadBalancer, ServiceType.NodePort);
        }

        ServicePorts.CheckTogether(errors, spec);
        CheckSourceRanges(errors, value);
        CheckLoadBalancer(errors, spec);
        CheckPolicies(errors, spec);
    }

    private static void CheckExternalName(FieldErrors errors, string name)
    {
        string cname = name.EndsWith('.') ? name[..^1] : name;
        if (cname.Length == 0)
        {
            errors.Required("spec.externalName");
        }
        else
        {
            Names.CheckSubdomain(errors, "spec.externalName", cname);
        }
    }

    private static void CheckAffinity(FieldErrors errors, ServiceSpec spec)
    {
        if (spec.SessionAffinity is not (SessionAffinity.None or SessionAffinity.ClientIP))
        {
            errors.NotSupported("spec.sessionAffinity", spec.SessionAffinity, SessionAffinity.ClientIP, SessionAffinity.None);
        }
        else if (spec.SessionAffinity == SessionAffinity.ClientIP && spec.SessionAffinityConfig?.ClientIP?.TimeoutSeconds is { } seconds and (<= 0 or > LongestAffinity))
        {
            errors.Invalid("spec.sessionAffinityConfig.clientIP.timeoutSeconds", seconds, "must be greater than 0 and less than 86400");
        }
    }

    private static void CheckExternalIPs(FieldErrors errors, ServiceSpec spec)
    {
        for (int i = 0; i < spec.ExternalIPs.Length; i++)
        {
            string field = $"spec.externalIPs[{i}]";
            if (Addresses.Check(errors, field, spec.ExternalIPs[i], out IpAddress address))
            {
                Addresses.CheckEndpoint(errors, field, address);
            }
        }
    }

    private static void CheckSourceRanges(FieldErrors errors, Service value)
    {
        if (!value.Spec.LoadBalancerSourceRanges.IsEmpty)
        {
            const string Field = "spec.LoadBalancerSourceRanges";
            OnlyFor(errors, Field, value.Spec, isSet: true);
            for (int i = 0; i < value.Spec.LoadBalancerSourceRanges.Length; i++)
            {
                Addresses.CheckCidr(errors, $"{Field}[{i}]", value.Spec.LoadBalancerSourceRanges[i].Trim());
            }
        }
        else if (value.Metadata.Annotations[SourceRangesAnnotation] is { } text)
        {
            const string Field = $"metadata.annotations[{SourceRangesAnnotation}]";
            OnlyFor(errors, Field, value.Spec, isSet: true);
            foreach (string range in text.Split(',', StringSplitOptions.TrimEntries))
            {
                if (text.Trim().Length != 0)
                {
                    Addresses.CheckCidr(errors, Field, range);
                }
            }
        }
    }

    private static void CheckLoadBalancer(FieldErrors errors, ServiceSpec spec)
    {
        OnlyFor(errors, "spec.allocateLoadBalancerNodePorts", spec, spec.AllocateLoadBalancerNodePorts is not null);
        CheckClass(errors, spec);
    }

    private static void CheckClass(FieldErrors errors, ServiceSpec spec)
    {
        OnlyFor(errors, "spec.loadBalancerClass", spec, spec.LoadBalancerClass is not null);
        if (spec.Type == ServiceType.LoadBalancer && spec.LoadBalancerClass is not null)
        {
            Names.CheckKey(errors, "spec.loadBalancerClass", spec.LoadBalancerClass);
        }
    }

    private static void CheckPolicies(FieldErrors errors, ServiceSpec spec)
    {
        if (!ServiceFacts.IsExternallyAccessible(spec))
        {
            if (!string.IsNullOrEmpty(spec.ExternalTrafficPolicy))
            {
                errors.Invalid("spec.externalTrafficPolicy", spec.ExternalTrafficPolicy, "may only be set for externally-accessible services");
            }
        }
        else if (spec.ExternalTrafficPolicy is not (TrafficPolicy.Cluster or TrafficPolicy.Local))
        {
            errors.NotSupported("spec.externalTrafficPolicy", spec.ExternalTrafficPolicy, TrafficPolicy.Cluster, TrafficPolicy.Local);
        }

        if (ServiceFacts.NeedsHealthCheck(spec))
        {
            Names.CheckPort(errors, "spec.healthCheckNodePort", spec.HealthCheckNodePort ?? 0);
        }
        else if (spec.HealthCheckNodePort is { } port and not 0)
        {
            errors.Invalid("spec.healthCheckNodePort", port, "may only be set when `type` is 'LoadBalancer' and `externalTrafficPolicy` is 'Local'");
        }

        if (spec.InternalTrafficPolicy is not (null or TrafficPolicy.Cluster or TrafficPolicy.Local))
        {
            errors.NotSupported("spec.internalTrafficPolicy", spec.InternalTrafficPolicy, TrafficPolicy.Cluster, TrafficPolicy.Local);
        }

        if (spec.TrafficDistribution is not (null or TrafficDistribution.PreferClose or TrafficDistribution.PreferSameZone or TrafficDistribution.PreferSameNode))
        {
            errors.NotSupported(
                "spec.trafficDistribution", spec.TrafficDistribution, TrafficDistribution.PreferClose, TrafficDistribution.PreferSameZone, TrafficDistribution.PreferSameNode);
        }
    }

    private static void CheckIngress(FieldErrors errors, string field, LoadBalancerIngress ingress)
    {
        if (!string.IsNullOrEmpty(ingress.IP))
        {
            Addresses.Check(errors, $"{field}.ip", ingress.IP, out _);
        }
        else if (ingress.IPMode is not null)
        {
            errors.Forbidden($"{field}.ipMode", "may not be specified when `ip` is not set");
        }

        if (!string.IsNullOrEmpty(ingress.IP) && ingress.IPMode is not ("VIP" or "Proxy"))
        {
            errors.NotSupported($"{field}.ipMode", ingress.IPMode, "Proxy", "VIP");
        }

        if (!string.IsNullOrEmpty(ingress.Hostname))
        {
            Names.CheckSubdomain(errors, $"{field}.hostname", ingress.Hostname);
            if (IpAddress.TryParse(ingress.Hostname, out _))
            {
                errors.Invalid($"{field}.hostname", ingress.Hostname, "must be a DNS name, not an IP address");
            }
        }
    }

    private static void OnlyFor(FieldErrors errors, string field, ServiceSpec spec, bool isSet)
    {
        if (isSet && spec.Type != ServiceType.LoadBalancer)
        {
            errors.Forbidden(field, OnlyLoadBalancer);
        }
    }
}
