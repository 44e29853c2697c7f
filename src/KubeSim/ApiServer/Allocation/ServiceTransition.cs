using KubeSim.Api;
using KubeSim.ApiServer.Defaulting;
using KubeSim.Collections;

namespace KubeSim.ApiServer.Allocation;

/// <summary>
/// What a change of a Service clears because its new type has no use for it, and what it keeps of the old one without being told.
/// Only what the request left as it was is cleared: who changes a value and makes it meaningless at once is told so by validation.
/// </summary>
/// <source>kubernetes v1.36, pkg/registry/core/service/strategy.go, dropTypeDependentFields; storage/storage.go, patchAllocatedValues, normalizeClusterIPs</source>
internal static class ServiceTransition
{
    /// <summary>clusterIPs follows clusterIP where a client knows only the latter.</summary>
    internal static ServiceSpec Normalize(ServiceSpec spec, ServiceSpec? old)
    {
        string clusterIP = spec.ClusterIP ?? "";
        if (old is null)
        {
            return clusterIP.Length != 0 && spec.ClusterIPs.IsEmpty ? spec with { ClusterIPs = [clusterIP] } : spec;
        }

        if (clusterIP == (old.ClusterIP ?? ""))
        {
            return spec.ClusterIPs.IsEmpty && !old.ClusterIPs.IsEmpty ? spec with { ClusterIPs = old.ClusterIPs } : spec;
        }

        if (spec.ClusterIPs != old.ClusterIPs)
        {
            return spec.ClusterIPs.IsEmpty && clusterIP.Length != 0 ? spec with { ClusterIPs = [clusterIP] } : spec;
        }

        return spec with { ClusterIPs = clusterIP.Length == 0 ? default : [clusterIP] };
    }

    internal static ServiceSpec Clear(ServiceSpec spec, ServiceSpec old)
    {
        if (ServiceFacts.HasClusterIP(old) && !ServiceFacts.HasClusterIP(spec))
        {
            bool sameIPs = (spec.ClusterIP ?? "") == (old.ClusterIP ?? "") && spec.ClusterIPs == old.ClusterIPs;
            spec = spec with
            {
                ClusterIP = sameIPs ? null : spec.ClusterIP,
                ClusterIPs = sameIPs ? default : spec.ClusterIPs,
                IPFamilies = spec.IPFamilies == old.IPFamilies ? default : spec.IPFamilies,
                IPFamilyPolicy = spec.IPFamilyPolicy == old.IPFamilyPolicy ? null : spec.IPFamilyPolicy,
            };
        }

        if (ServiceFacts.MayHaveNodePorts(old) && !ServiceFacts.MayHaveNodePorts(spec) && HasNoNewNodePort(spec, old))
        {
            spec = spec with { Ports = spec.Ports.Complete(static (port, _) => port.NodePort is null ? port : port with { NodePort = null }, 0) };
        }

        if (ServiceFacts.NeedsHealthCheck(old) && !ServiceFacts.NeedsHealthCheck(spec) && spec.HealthCheckNodePort == old.HealthCheckNodePort)
        {
            spec = spec with { HealthCheckNodePort = null };
        }

        if (old.Type == ServiceType.LoadBalancer && spec.Type != ServiceType.LoadBalancer)
        {
            spec = spec with
            {
                AllocateLoadBalancerNodePorts = spec.AllocateLoadBalancerNodePorts == old.AllocateLoadBalancerNodePorts ? null : spec.AllocateLoadBalancerNodePorts,
                LoadBalancerClass = spec.LoadBalancerClass == old.LoadBalancerClass ? null : spec.LoadBalancerClass,
            };
        }

        return ServiceFacts.IsExternallyAccessible(old) && !ServiceFacts.IsExternallyAccessible(spec) && spec.ExternalTrafficPolicy == old.ExternalTrafficPolicy
            ? spec with { ExternalTrafficPolicy = null } : spec;
    }

    /// <summary>Puts back what was allocated and the request does not mention.</summary>
    internal static ServiceSpec Keep(ServiceSpec spec, ServiceSpec old)
    {
        if (ServiceFacts.HasClusterIP(old) && ServiceFacts.HasClusterIP(spec))
        {
            spec = spec with
            {
                ClusterIP = string.IsNullOrEmpty(spec.ClusterIP) ? old.ClusterIP : spec.ClusterIP,
                ClusterIPs = spec.ClusterIPs.IsEmpty ? old.ClusterIPs : spec.ClusterIPs,
            };
        }

        if (ServiceFacts.GetsNodePorts(old) && ServiceFacts.GetsNodePorts(spec))
        {
            spec = spec with { Ports = WithOldNodePorts(spec.Ports, old.Ports) };
        }

        return ServiceFacts.NeedsHealthCheck(old) && ServiceFacts.NeedsHealthCheck(spec) && spec.HealthCheckNodePort is null or 0
            ? spec with { HealthCheckNodePort = old.HealthCheckNodePort } : spec;
    }

    private static bool HasNoNewNodePort(ServiceSpec spec, ServiceSpec old)
    {
        foreach (ServicePort port in spec.Ports)
        {
            if (port.NodePort is > 0 and var nodePort && !HasNodePort(old.Ports, nodePort))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>A port is the same port while it has the same name.</summary>
    private static EquatableArray<ServicePort> WithOldNodePorts(EquatableArray<ServicePort> ports, EquatableArray<ServicePort> old)
    {
        var used = new List<int>();
        foreach (ServicePort port in ports)
        {
            if (port.NodePort is > 0 and var nodePort && HasNodePort(old, nodePort))
            {
                used.Add(nodePort);
            }
        }

        return ports.Complete(
            static (port, state) =>
            {
                if (port.NodePort is > 0 || NodePortOf(state.old, port.Name ?? "") is not { } kept || state.used.Contains(kept))
                {
                    return port;
                }

                state.used.Add(kept);
                return port with { NodePort = kept };
            },
            (old, used));
    }

    private static int? NodePortOf(EquatableArray<ServicePort> ports, string name)
    {
        int? found = null;
        foreach (ServicePort port in ports)
        {
            found = (port.Name ?? "") == name && port.NodePort is > 0 ? port.NodePort : found;
        }

        return found;
    }

    private static bool HasNodePort(EquatableArray<ServicePort> ports, int nodePort)
    {
        foreach (ServicePort port in ports)
        {
            if (port.NodePort == nodePort)
            {
                return true;
            }
        }

        return false;
    }
}
