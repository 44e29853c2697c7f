using System.Globalization;
using KubeSim.Addressing;
using KubeSim.Api;
using KubeSim.Collections;

namespace KubeSim.CloudProvider;

/// <summary>What a cloud provider does about a Service and its nodes: pure functions over objects.</summary>
/// <source>kubernetes v1.36, cloud-provider/controllers/service/controller.go</source>
internal static class LoadBalancerReconciler
{
    public const string Finalizer = "service.kubernetes.io/load-balancer-cleanup";
    public const string ExcludeLabel = "node.kubernetes.io/exclude-from-external-load-balancers";
    public const string AutoscalerTaint = "ToBeDeletedByClusterAutoscaler";

    /// <summary>Whether it is to have a load balancer of ours; with a class it is somebody else's.</summary>
    public static bool Wants(Service service) =>
        service.Spec.Type == ServiceType.LoadBalancer && service.Spec.LoadBalancerClass is null && service.Metadata.DeletionTimestamp is null;

    public static bool HasFinalizer(Service service) => service.Metadata.Finalizers.AsSpan().Contains(Finalizer);

    /// <summary>Whether a load balancer made earlier is to go.</summary>
    public static bool NeedsCleanup(Service service) => HasFinalizer(service) && !Wants(service);

    /// <summary>Whether a change of the Service is one that the load balancer follows.</summary>
    public static bool NeedsUpdate(Service old, Service service)
    {
        ServiceSpec before = old.Spec;
        ServiceSpec after = service.Spec;
        if (Wants(old) != Wants(service))
        {
            return true;
        }

        return Wants(service) && (before.Ports != after.Ports || before.SessionAffinity != after.SessionAffinity
            || before.SessionAffinityConfig != after.SessionAffinityConfig || before.LoadBalancerIP != after.LoadBalancerIP
            || before.LoadBalancerSourceRanges != after.LoadBalancerSourceRanges || before.ExternalIPs != after.ExternalIPs
            || old.Metadata.Annotations != service.Metadata.Annotations || old.Metadata.Uid != service.Metadata.Uid
            || before.ExternalTrafficPolicy != after.ExternalTrafficPolicy || before.HealthCheckNodePort != after.HealthCheckNodePort
            || before.IPFamilies.Length != after.IPFamilies.Length);
    }

    public static bool IsLocal(Service service) => service.Spec.ExternalTrafficPolicy == TrafficPolicy.Local;

    /// <summary>Whether load balancers send to the node. Readiness, cordoning and role do not count: health checks route around the dead.</summary>
    public static bool IsMember(Node node) => node.Metadata.DeletionTimestamp is null && !IsExcluded(node) && !HasAutoscalerTaint(node);

    /// <summary>Whether a change of a Node makes the members be looked at again.</summary>
    public static bool ChangesMembers(Node old, Node node) =>
        IsExcluded(old) != IsExcluded(node) || old.Spec.ProviderID != node.Spec.ProviderID || old.Metadata.Uid != node.Metadata.Uid
        || (old.Metadata.DeletionTimestamp is null) != (node.Metadata.DeletionTimestamp is null);

    /// <summary>
    /// Whether kube-proxy's health check on the node succeeds, as far as its Node object tells: it fails on a node that is going away, and
    /// on one that nobody hears from. A kubelet that says it is not ready does not make it fail.
    /// </summary>
    /// <source>kubernetes v1.36, KEP-3836</source>
    public static bool IsHealthy(Node node) => node.Metadata.DeletionTimestamp is null && !HasAutoscalerTaint(node) && !IsSilent(node);

    /// <summary>Whether nobody hears from the node any more: its condition Ready is Unknown.</summary>
    public static bool IsSilent(Node node)
    {
        foreach (Condition condition in node.Status.Conditions)
        {
            if (condition.Type == "Ready")
            {
                return condition.Status == ConditionStatus.Unknown;
            }
        }

        return false;
    }

    /// <summary>The port on which a load balancer asks kube-proxy whether the node has ready endpoints; null where it asks for the node's health only.</summary>
    public static int? HealthCheckPort(Service service) =>
        service.Spec.Type == ServiceType.LoadBalancer && IsLocal(service) ? service.Spec.HealthCheckNodePort ?? 0 : null;

    public static Service WithFinalizer(Service service) => HasFinalizer(service)
        ? service
        : service with { Metadata = service.Metadata with { Finalizers = service.Metadata.Finalizers.Add(Finalizer) } };

    public static Service WithoutFinalizer(Service service)
    {
        int place = service.Metadata.Finalizers.AsSpan().IndexOf(Finalizer);
        return place < 0 ? service : service with { Metadata = service.Metadata with { Finalizers = service.Metadata.Finalizers.RemoveAt(place) } };
    }

    /// <summary>The Service with these addresses in its status; itself where they are there already.</summary>
    public static Service WithIngress(Service service, EquatableArray<IpAddress> addresses)
    {
        var ingress = new LoadBalancerIngress[addresses.Length];
        for (int i = 0; i < ingress.Length; i++)
        {
            ingress[i] = new LoadBalancerIngress { IP = addresses[i].ToString(null, CultureInfo.InvariantCulture), IPMode = "VIP" };
        }

        LoadBalancerStatus old = service.Status.LoadBalancer;
        EquatableArray<LoadBalancerIngress> wanted = ingress.Length == 0 ? default : new(ingress);
        return old.Ingress == wanted ? service : service with { Status = service.Status with { LoadBalancer = old with { Ingress = wanted } } };
    }

    private static bool IsExcluded(Node node) =>
        node.Metadata.Labels[ExcludeLabel] is { } value && value is not ("false" or "FALSE" or "False" or "f" or "F" or "0");

    private static bool HasAutoscalerTaint(Node node)
    {
        foreach (Taint taint in node.Spec.Taints)
        {
            if (taint.Key == AutoscalerTaint)
            {
                return true;
            }
        }

        return false;
    }
}
