using KubeSim.Api;

namespace KubeSim.Controllers.EndpointSlices;

/// <summary>Which changes of a Pod are worth a sync of its Services.</summary>
/// <source>kubernetes v1.36, staging/src/k8s.io/endpointslice/util/controller_utils.go: podEndpointsChanged</source>
internal static class PodChanges
{
    public static PodChange Of(Pod before, Pod now)
    {
        // Upstream compares deletion timestamps by pointer, so that every change of a terminating Pod counts.
        bool isEndpoint = before.Metadata.DeletionTimestamp is not null || now.Metadata.DeletionTimestamp is not null
            || PodEndpoint.IsReady(before) != PodEndpoint.IsReady(now)
            || before.Status.PodIPs != now.Status.PodIPs
            || before.Spec.Hostname != now.Spec.Hostname
            || before.Spec.Subdomain != now.Spec.Subdomain;
        return isEndpoint ? PodChange.Endpoint : before.Metadata.Labels != now.Metadata.Labels ? PodChange.Labels : PodChange.None;
    }
}
