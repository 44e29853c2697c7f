using KubeSim.Api;

namespace KubeSim.ApiServer;

/// <summary>What is particular to namespaces: who may come in, and which of them have to stay.</summary>
/// <source>kubernetes v1.36, pkg/registry/core/namespace; apiserver pkg/admission/plugin/namespace/lifecycle</source>
internal static class NamespaceRules
{
    internal const string Default = "default";
    internal const string Terminating = "Terminating";

    /// <summary>The namespaces that exist from the start.</summary>
    internal static readonly string[] FromTheStart = [Default, "kube-node-lease", "kube-public", "kube-system"];

    /// <exception cref="ApiException">The namespace does not exist, or ends.</exception>
    internal static void CheckEntry(ObjectStore store, ResourceType resource, string space, string name)
    {
        if (store.Find(ResourceType.Namespace, new("", space)) is not Namespace found)
        {
            throw Refusal.NotFound(ResourceType.Namespace, space);
        }

        if (found.Metadata.DeletionTimestamp is not null)
        {
            throw Refusal.Forbidden(
                resource,
                name,
                $"unable to create new content in namespace {space} because it is being terminated",
                new StatusCause("NamespaceTerminating", $"namespace {space} is being terminated", "metadata.namespace"));
        }
    }

    /// <exception cref="ApiException">The namespace is one that has to stay.</exception>
    internal static void CheckDeletion(string name)
    {
        if (name is Default or "kube-system" or "kube-public")
        {
            throw Refusal.Forbidden(ResourceType.Namespace, name, "this namespace may not be deleted");
        }
    }
}
