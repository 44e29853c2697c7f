using KubeSim.Api;

namespace KubeSim.ApiServer;

/// <summary>Which kinds count the changes of what is wanted of them, and what counts as one.</summary>
/// <source>kubernetes v1.36, pkg/registry, the strategies' PrepareForCreate and PrepareForUpdate</source>
internal static class Generation
{
    /// <summary>The generation of a new object.</summary>
    internal static long? Of(KubernetesObject value) => IsCounted(value) ? 1 : null;

    /// <summary>The generation after an update; the new object's own metadata is ignored.</summary>
    internal static long? After(KubernetesObject old, KubernetesObject value)
    {
        long? before = old.Metadata.Generation;
        return before is null || !CountsAsChange(old, value) ? before : before + 1;
    }

    private static bool IsCounted(KubernetesObject value) => value switch
    {
        Pod or Deployment or ReplicaSet or EndpointSlice => true,
        UnstructuredObject { Resource.Group: "apps" or "batch" or "networking.k8s.io" or "policy" } => value.Carried["spec"] is not null,
        _ => false,
    };

    private static bool CountsAsChange(KubernetesObject old, KubernetesObject value) => (old, value) switch
    {
        // Binding is no change of what is wanted.
        (Pod was, Pod now) => now.Spec != was.Spec && now.Spec != was.Spec with { NodeName = now.Spec.NodeName },
        (Deployment was, Deployment now) => now.Spec != was.Spec,
        (ReplicaSet was, ReplicaSet now) => now.Spec != was.Spec,

        // A slice is all content; its labels count too.
        (EndpointSlice was, EndpointSlice now) => now.Endpoints != was.Endpoints || now.Ports != was.Ports || now.Metadata.Labels != was.Metadata.Labels
            || now.Metadata.Annotations != was.Metadata.Annotations || now.Metadata.OwnerReferences != was.Metadata.OwnerReferences,
        _ => !Equals(old.Carried["spec"], value.Carried["spec"]),
    };
}
