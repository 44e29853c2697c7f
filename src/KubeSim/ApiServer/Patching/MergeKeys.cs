using KubeSim.Api;

namespace KubeSim.ApiServer.Patching;

/// <summary>Which lists a strategic merge patch merges element by element, and by which member; every other list is replaced whole.</summary>
/// <source>kubernetes v1.36, the patchStrategy and patchMergeKey tags of staging/src/k8s.io/api</source>
internal static class MergeKeys
{
    /// <summary>The key of lists whose elements are scalars: the element itself.</summary>
    internal const string Itself = "";

    private const string Template = "spec.template.";

    private static readonly Dictionary<string, string> OfAnyKind = new(StringComparer.Ordinal) { ["metadata.ownerReferences"] = "uid", ["metadata.finalizers"] = Itself };

    private static readonly Dictionary<string, string> OfPods = new(StringComparer.Ordinal)
    {
        ["spec.containers"] = "name",
        ["spec.initContainers"] = "name",
        ["spec.ephemeralContainers"] = "name",
        ["spec.volumes"] = "name",
        ["spec.imagePullSecrets"] = "name",
        ["spec.hostAliases"] = "ip",
        ["spec.topologySpreadConstraints"] = "topologyKey",
        ["spec.schedulingGates"] = "name",
        ["spec.resourceClaims"] = "name",
        ["status.conditions"] = "type",
        ["status.podIPs"] = "ip",
        ["status.resourceClaimStatuses"] = "name",
    };

    private static readonly Dictionary<string, string> OfContainers = new(StringComparer.Ordinal)
    {
        ["ports"] = "containerPort",
        ["env"] = "name",
        ["volumeMounts"] = "mountPath",
        ["volumeDevices"] = "devicePath",
    };

    /// <summary>The key of the list at a path without indexes, for example <c>spec.ports</c>; null where it is replaced whole.</summary>
    internal static string? Of(ResourceType resource, string path)
    {
        if (OfAnyKind.TryGetValue(path, out string? key))
        {
            return key;
        }

        return resource.QualifiedKind switch
        {
            "Pod" => OfPod(path),
            "Deployment.apps" or "ReplicaSet.apps" when path.StartsWith(Template, StringComparison.Ordinal) =>
                OfAnyKind.GetValueOrDefault(path[Template.Length..]) ?? OfPod(path[Template.Length..]),
            "Service" when path == "spec.ports" => "port",
            "Service" or "Deployment.apps" or "ReplicaSet.apps" or "Node" or "Namespace" when path == "status.conditions" => "type",
            "Node" when path == "status.addresses" => "type",
            "Node" when path == "spec.podCIDRs" => Itself,
            _ => null,
        };
    }

    private static string? OfPod(string path)
    {
        foreach (string containers in (ReadOnlySpan<string>)["spec.containers.", "spec.initContainers.", "spec.ephemeralContainers."])
        {
            if (path.StartsWith(containers, StringComparison.Ordinal))
            {
                return OfContainers.GetValueOrDefault(path[containers.Length..]);
            }
        }

        return OfPods.GetValueOrDefault(path);
    }
}
