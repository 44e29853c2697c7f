using KubeSim.Api;
using KubeSim.ApiServer;
using KubeSim.Collections;
using KubeSim.Manifests;

namespace KubeSim;

/// <summary>
/// <c>kubectl apply</c>: creates what is new and changes what is there to what the manifest says. What the manifest said is remembered in the object's
/// annotation, so that a field that is dropped from it later is removed.
/// </summary>
internal static class Applier
{
    internal static ApplyResult Apply(KubeApiServer server, string manifest, string? fileName, bool isStrict)
    {
        ReadResult read = ManifestReader.Read(manifest, fileName, isStrict);
        ApplyResult result = Apply(server, read.Objects);
        return result with { Warnings = [.. read.Warnings, .. result.Warnings] };
    }

    internal static ApplyResult Apply(KubeApiServer server, IReadOnlyList<KubernetesObject> objects)
    {
        var applied = new List<AppliedObject>(objects.Count);
        var warnings = new List<string>();
        foreach (KubernetesObject wanted in objects)
        {
            applied.Add(Apply(server, wanted, warnings));
        }

        return new ApplyResult { Objects = applied.ToEquatableArray(), Warnings = warnings.ToEquatableArray() };
    }
}
