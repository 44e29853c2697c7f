using KubeSim.Api;

namespace KubeSim.ApiServer.Warnings;

/// <summary>What the server says of an object that it accepts all the same.</summary>
/// <source>kubernetes v1.36, pkg/registry, the strategies' WarningsOnCreate and WarningsOnUpdate</source>
internal static class ObjectWarnings
{
    /// <summary>What is said whatever is done with a resource.</summary>
    internal static IEnumerable<string> OfResource(ResourceType resource) =>
        resource.Equals(ResourceType.Endpoints) ? ["v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice"] : [];

    /// <summary>What is said of a new object before it is checked.</summary>
    internal static IEnumerable<string> OfRequest(KubernetesObject value) => value is Pod pod ? PodWarnings.OfRequest(pod) : [];

    internal static IEnumerable<string> OfCreate(KubernetesObject value) => value switch
    {
        Service service => ServiceWarnings.Of(service, null),
        Pod pod => PodWarnings.OfCreate(pod),
        EndpointSlice slice => OfSlice(slice),
        Deployment or ReplicaSet => PodWarnings.OfOwnerName(value.Metadata.Name),
        _ => [],
    };

    internal static IEnumerable<string> OfUpdate(KubernetesObject old, KubernetesObject value) => (old, value) switch
    {
        (Service before, Service after) => ServiceWarnings.Of(after, before),
        (_, EndpointSlice slice) => OfSlice(slice),
        _ => [],
    };

    private static IEnumerable<string> OfSlice(EndpointSlice slice) => slice.AddressType == "FQDN" ? ["spec.addressType: FQDN endpoints are deprecated"] : [];
}
