using System.Globalization;
using KubeSim.Addressing;
using KubeSim.Api;
using KubeSim.Collections;

namespace KubeSim.Controllers.EndpointSlices;

/// <summary>A Pod as an endpoint of a Service.</summary>
/// <source>kubernetes v1.36, staging/src/k8s.io/endpointslice, utils.go: podToEndpoint; util/controller_utils.go: ShouldPodBeInEndpoints</source>
internal static class PodEndpoint
{
    // All that can be said of an endpoint; every endpoint shares them.
    private static readonly EndpointConditions[] Conditions = AllConditions();

    /// <summary>Whether a selected Pod belongs: it has not ended and has an address.</summary>
    public static bool IsWanted(Pod pod) =>
        pod.Status.Phase is not (PodPhase.Failed or PodPhase.Succeeded)
        && (!string.IsNullOrEmpty(pod.Status.PodIP) || !pod.Status.PodIPs.IsEmpty);

    /// <summary>Whether the Pod's condition Ready is True.</summary>
    public static bool IsReady(Pod pod)
    {
        foreach (Condition condition in pod.Status.Conditions)
        {
            if (condition.Type == "Ready")
            {
                return condition.Status == ConditionStatus.True;
            }
        }

        return false;
    }

    /// <summary>The endpoint without hints, or null where the Pod has no address of the family.</summary>
    public static Endpoint? Of(Service service, Pod pod, string? zone, string family)
    {
        EquatableArray<string> addresses = Addresses(pod, family);
        if (addresses.IsEmpty)
        {
            return null;
        }

        return new Endpoint
        {
            Addresses = addresses,
            Conditions = ConditionsOf(service, pod),
            Hostname = HostnameOf(service, pod),
            NodeName = string.IsNullOrEmpty(pod.Spec.NodeName) ? null : pod.Spec.NodeName,
            Zone = zone,
            TargetRef = ReferenceTo(pod),
        };
    }

    public static ObjectReference ReferenceTo(Pod pod) =>
        new() { Kind = "Pod", Namespace = pod.Metadata.Namespace, Name = pod.Metadata.Name, Uid = pod.Metadata.Uid };

    /// <summary>The Pod's first address of a family as it is usually printed, or null.</summary>
    public static string? AddressOf(Pod pod, string family)
    {
        foreach (PodAddress address in pod.Status.PodIPs)
        {
            if (address.IP.Contains(':', StringComparison.Ordinal) == (family == IPFamily.IPv6) && Canonical(address.IP) is { } text)
            {
                return text;
            }
        }

        return null;
    }

    private static EndpointConditions ConditionsOf(Service service, Pod pod)
    {
        bool serving = IsReady(pod);
        bool terminating = pod.Metadata.DeletionTimestamp is not null;
        bool ready = service.Spec.PublishNotReadyAddresses == true || (serving && !terminating);
        return Conditions[(ready ? 1 : 0) | (serving ? 2 : 0) | (terminating ? 4 : 0)];
    }

    /// <summary>The name in the Service's domain: only of a Pod that names the Service as its subdomain.</summary>
    public static string? HostnameOf(Service service, Pod pod) =>
        !string.IsNullOrEmpty(pod.Spec.Hostname) && pod.Spec.Subdomain == service.Metadata.Name ? pod.Spec.Hostname : null;

    /// <summary>An address as it is usually printed, or null where the text is none.</summary>
    public static string? Canonical(string text) =>
        !IpAddress.TryParse(text, out IpAddress address) ? null
        : address.IsIPv4 ? text // IPv4 is read only in its one usual form
        : address.ToString(null, CultureInfo.InvariantCulture) is var printed && printed == text ? text : printed;

    private static EquatableArray<string> Addresses(Pod pod, string family)
    {
        EquatableArray<string> addresses = default;
        foreach (PodAddress address in pod.Status.PodIPs)
        {
            if (address.IP.Contains(':', StringComparison.Ordinal) == (family == IPFamily.IPv6) && Canonical(address.IP) is { } text)
            {
                addresses = addresses.Add(text);
            }
        }

        return addresses;
    }

    private static EndpointConditions[] AllConditions()
    {
        var all = new EndpointConditions[8];
        for (int i = 0; i < all.Length; i++)
        {
            all[i] = new EndpointConditions { Ready = (i & 1) != 0, Serving = (i & 2) != 0, Terminating = (i & 4) != 0 };
        }

        return all;
    }
}
