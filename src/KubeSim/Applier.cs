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
        Manifest read = ManifestReader.Read(manifest, fileName, isStrict);
        return Apply(server, read.Objects) with { Warnings = read.Objects.IsEmpty ? read.Warnings.Add(Nothing(fileName)) : read.Warnings };
    }

    internal static ApplyResult Apply(KubeApiServer server, IReadOnlyList<KubernetesObject> objects) =>
        new() { Objects = server.AllOrNothing(() => objects.Select(wanted => Apply(server, wanted)).ToEquatableArray()) };

    /// <source>kubectl v1.36, pkg/cmd/apply, where it is an error</source>
    private static ManifestWarning Nothing(string? fileName) => new(fileName, 1, 1, "", "no objects passed to apply");

    private static AppliedObject Apply(KubeApiServer server, KubernetesObject wanted)
    {
        JsonValue said = ObjectMapping.Write(wanted);
        wanted = Remembering(wanted, said);
        KubernetesObject? present = wanted.Metadata.Name.Length == 0 ? null : server.Find(wanted.Resource, wanted.Name);
        if (present is null)
        {
            return new(wanted.Resource, server.Create(wanted).Name, ApplyAction.Created);
        }

        KubernetesObject changed = server.Patch(wanted.Resource, present.Name, ThreeWayMerge.Patch(LastSaid(present), ObjectMapping.Write(wanted)));
        return new(wanted.Resource, present.Name, ReferenceEquals(changed, present) ? ApplyAction.Unchanged : ApplyAction.Configured);
    }

    private static KubernetesObject Remembering(KubernetesObject wanted, JsonValue said) =>
        wanted with { Metadata = wanted.Metadata with { Annotations = wanted.Metadata.Annotations.With(ThreeWayMerge.LastApplied, said + "\n") } };

    /// <summary>What the last manifest said; null where none was applied, or somebody has spoiled the annotation.</summary>
    private static JsonValue? LastSaid(KubernetesObject present)
    {
        if (present.Metadata.Annotations[ThreeWayMerge.LastApplied] is not { } text)
        {
            return null;
        }

        try
        {
            return JsonDocuments.Read(text, null) is [var said, ..] ? said : null;
        }
        catch (ManifestException)
        {
            return null;
        }
    }
}
