using KubeSim.Addressing;
using KubeSim.Api;
using KubeSim.ApiServer;
using KubeSim.Collections;
using KubeSim.Tracing;

namespace KubeSim;

/// <summary>
/// Which object and field to look at when something does not arrive, where the data plane cannot know: its tables hold addresses, not objects. Asked only when
/// somebody looks at one failure; the search goes through all Services.
/// </summary>
internal static class ReasonObjects
{
    /// <summary>The trace with the object and the field of its reason filled in, as far as there are any.</summary>
    internal static Trace Complete(Trace trace, KubeApiServer server, IpPort to, string source)
    {
        if (trace.Reason is not { } reason || reason is { Object: not null, Field: not null })
        {
            return trace;
        }

        (string? about, string? field) = reason.Code switch
        {
            ReasonCode.NoSuchServicePort => (WithClusterIP(server, to.Address), "spec.ports"),
            ReasonCode.NoSuchClusterIP => (null, "spec.clusterIPs"),
            ReasonCode.NotReachableFromOutside => WithClusterIP(server, to.Address) is { } service ? (service, "spec.type") : (PodAt(server, to.Address), "status.podIPs"),
            ReasonCode.NoSuchLoadBalancer => (WithIngress(server, to.Address), "spec.ports"),
            ReasonCode.NoLoadBalancerMembers => (WithIngress(server, to.Address), "status.loadBalancer.ingress"),
            ReasonCode.NoSuchNodePort => (null, "spec.ports[*].nodePort"),
            ReasonCode.PodNotFound or ReasonCode.EndpointGone => (null, "status.podIPs"),
            ReasonCode.NoSourceAddress => (source, source.StartsWith("pod/", StringComparison.Ordinal) ? "status.podIPs" : "status.addresses"),
            ReasonCode.NoEndpointPicked => (null, "spec.ports"),
            ReasonCode.NoFreePort => (source, null),
            ReasonCode.NodeDown => (null, "status.conditions"),
            _ => default((string?, string?)),
        };
        return trace with { Reason = reason with { Object = reason.Object ?? about, Field = reason.Field ?? field } };
    }

    private static string? WithClusterIP(KubeApiServer server, IpAddress address) =>
        NameOf(server.List<Service>().FirstOrDefault(service => Has(service.Spec.ClusterIPs, address)), "service");

    private static string? WithIngress(KubeApiServer server, IpAddress address) =>
        NameOf(server.List<Service>().FirstOrDefault(service => service.Status.LoadBalancer.Ingress.Any(ingress => Is(ingress.IP, address))), "service");

    private static string? PodAt(KubeApiServer server, IpAddress address) =>
        NameOf(server.List<Pod>().FirstOrDefault(pod => pod.Status.PodIPs.Any(own => Is(own.IP, address))), "pod");

    private static bool Has(EquatableArray<string> addresses, IpAddress address) => addresses.Any(text => Is(text, address));

    private static bool Is(string? text, IpAddress address) => IpAddress.TryParse(text, out IpAddress own) && own == address;

    private static string? NameOf(KubernetesObject? value, string singular) => value is null ? null : $"{singular}/{value.Name}";
}
