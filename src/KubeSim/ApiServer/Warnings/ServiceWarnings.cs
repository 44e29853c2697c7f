using KubeSim.Api;
using KubeSim.ApiServer.Defaulting;

namespace KubeSim.ApiServer.Warnings;

/// <summary>What a Service says in vain, or in a way that is going out of use.</summary>
/// <source>kubernetes v1.36, pkg/api/service/warnings.go</source>
internal static class ServiceWarnings
{
    private const string TopologyMode = "service.kubernetes.io/topology-mode";

    internal static IEnumerable<string> Of(Service value, Service? old)
    {
        ServiceSpec spec = value.Spec;
        if (old is not null && ReferenceEquals(old, value))
        {
            yield break;
        }

        if (spec.Type != ServiceType.ExternalName && !string.IsNullOrEmpty(spec.ExternalName))
        {
            yield return "spec.externalName is ignored when spec.type is not \"ExternalName\"";
        }

        if (spec.Type == ServiceType.ExternalName && !spec.ExternalIPs.IsEmpty)
        {
            yield return "spec.externalIPs is ignored when spec.type is \"ExternalName\"";
        }
        else if (!spec.ExternalIPs.IsEmpty)
        {
            yield return "spec.externalIPs is deprecated and may no longer be implemented in some clusters";
        }

        if (ServiceFacts.IsHeadless(spec) && !string.IsNullOrEmpty(spec.LoadBalancerIP))
        {
            yield return "spec.loadBalancerIP is ignored for headless services";
        }

        if (ServiceFacts.IsHeadless(spec) && !spec.ExternalIPs.IsEmpty)
        {
            yield return "spec.externalIPs is ignored for headless services";
        }

        if (ServiceFacts.IsHeadless(spec) && spec.SessionAffinity != SessionAffinity.None)
        {
            yield return "spec.SessionAffinity is ignored for headless services";
        }

        if (spec.TrafficDistribution == TrafficDistribution.PreferClose)
        {
            yield return $"spec.trafficDistribution: \"{TrafficDistribution.PreferClose}\" is deprecated; use \"{TrafficDistribution.PreferSameZone}\"";
        }

        if (value.Metadata.Annotations[TopologyMode] is not null && spec.TrafficDistribution is not null)
        {
            yield return $"metadata.annotations[{TopologyMode}]: deprecated; use spec.trafficDistribution";
        }
    }
}
