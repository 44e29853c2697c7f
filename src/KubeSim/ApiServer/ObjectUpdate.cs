using KubeSim.Api;
using KubeSim.ApiServer.Patching;

namespace KubeSim.ApiServer;

/// <summary>How an object in the store becomes another one.</summary>
/// <source>kubernetes v1.36, apiserver pkg/registry/rest/update.go and pkg/registry/generic/registry/store.go</source>
internal sealed class ObjectUpdate(ObjectStore store, Admission admission, ObjectDeletion deletion)
{
    /// <summary>Whether a replacement of an object that does not exist creates it.</summary>
    internal static bool MayCreate(ResourceType resource) => resource is
    { Group: "", Kind: "Service" or "Endpoints" or "Event" } or { Group: "coordination.k8s.io", Kind: "Lease" };

    /// <summary>Replaces everything but the status and what the server alone decides.</summary>
    internal KubernetesObject Replace(KubernetesObject old, KubernetesObject value)
    {
        CheckIdentity(old, value.Metadata);
        value = (old, Kept(old, value)) switch
        {
            (Namespace was, Namespace now) => now with { Spec = now.Spec with { Finalizers = was.Spec.Finalizers } },
            (Pod was, Pod now) when now.Spec.NodeName != was.Spec.NodeName => PodBinding.WithTopology(store, now),
            var (_, now) => now,
        };
        return Store(old, admission.Update(old, value));
    }

    /// <summary>The same for a namespace, with who holds it: only here can that change.</summary>
    internal KubernetesObject Finalize(Namespace old, Namespace value)
    {
        CheckIdentity(old, value.Metadata);
        return Store(old, admission.Update(old, Kept(old, value)));
    }

    /// <summary>Replaces the status and nothing else.</summary>
    internal KubernetesObject ReplaceStatus(KubernetesObject old, KubernetesObject value)
    {
        CheckIdentity(old, value.Metadata);
        return Store(old, admission.UpdateStatus(old, StatusPart.From(value, old)));
    }

    /// <summary>Changes what the patch names.</summary>
    /// <param name="old">The object.</param>
    /// <param name="patch">The change.</param>
    internal KubernetesObject Patch(KubernetesObject old, ObjectPatch patch) => Replace(old, Patched(old, patch, null));

    /// <summary>The object as the patch would have it, not stored.</summary>
    internal static KubernetesObject Patched(KubernetesObject old, ObjectPatch patch, List<UnknownField>? unknown)
    {
        KubernetesObject patched;
        try
        {
            patched = ObjectMapping.Read(patch.Apply(ObjectMapping.Write(old), old.Resource), old.Resource, unknown);
        }
        catch (ObjectFormatException wrong)
        {
            throw Refusal.BadPatch(patch.Body.ToString(), wrong.Message);
        }

        CheckPlace(old.Name, patched.Metadata);
        return patched;
    }

    /// <summary>Refuses an object that says another name or namespace than the request.</summary>
    internal static void CheckPlace(NamespacedName place, ObjectMeta given)
    {
        if (given.Namespace.Length > 0 && given.Namespace != place.Namespace && place.Namespace.Length > 0)
        {
            throw Refusal.BadRequest("the namespace of the provided object does not match the namespace sent on the request");
        }

        if (given.Name != place.Name)
        {
            throw Refusal.BadRequest(given.Name.Length == 0
                ? $"the name of the object ({place.Name} based on URL) was undeterminable: name must be provided"
                : $"the name of the object ({given.Name}) does not match the name on the URL ({place.Name})");
        }
    }

    /// <summary>Stores what has become of an object, unless nothing has; removes it when that was the last thing it waited for.</summary>
    internal KubernetesObject Store(KubernetesObject old, KubernetesObject value)
    {
        long? generation = Generation.After(old, value);
        if (generation != value.Metadata.Generation)
        {
            value = value with { Metadata = value.Metadata with { Generation = generation } };
        }

        if (ObjectDeletion.IsOver(value))
        {
            // The last state that watchers see is the stored one, as in the real server.
            deletion.Remove(old);
            return value;
        }

        return value.Equals(old) ? old : store.Put(value);
    }

    private static void CheckIdentity(KubernetesObject old, ObjectMeta given)
    {
        ObjectMeta meta = old.Metadata;
        if (!string.IsNullOrEmpty(given.Uid) && given.Uid != meta.Uid)
        {
            throw Refusal.Conflict(
                old.Resource,
                meta.Name,
                $"StorageError: invalid object, Code: 4, Key: {Key(old)}, ResourceVersion: 0, AdditionalErrorMsg: Precondition failed: UID in precondition: {given.Uid}, UID in object meta: {meta.Uid}");
        }

        if (old is UnstructuredObject { Kind: "Lease" } && string.IsNullOrEmpty(given.ResourceVersion))
        {
            throw Refusal.Invalid(old.Resource, meta.Name, new StatusCause("FieldValueInvalid", "Invalid value: 0x0: must be specified for an update", "metadata.resourceVersion"));
        }

        if (!string.IsNullOrEmpty(given.ResourceVersion) && given.ResourceVersion != meta.ResourceVersion)
        {
            throw Refusal.Modified(old.Resource, meta.Name);
        }
    }

    /// <summary>The place of an object in the real server's database, which some messages name.</summary>
    private static string Key(KubernetesObject value)
    {
        ResourceType type = value.Resource;
        string resource = type.QualifiedPlural switch
        {
            "services" => "services/specs",
            "endpoints" => "services/endpoints",
            "nodes" => "minions",
            _ when type.Group.Contains('.', StringComparison.Ordinal) && !type.Group.EndsWith(".k8s.io", StringComparison.Ordinal) => $"{type.Group}/{type.Plural}",
            _ => type.Plural,
        };
        return $"/registry/{resource}/{value.Name}";
    }

    /// <summary>What the store alone decides; the rest of what a change cannot touch is up to admission.</summary>
    private static KubernetesObject Kept(KubernetesObject old, KubernetesObject value)
    {
        ObjectMeta before = old.Metadata;
        ObjectMeta after = value.Metadata;
        return after.Namespace == before.Namespace && after.ResourceVersion == before.ResourceVersion && after.Generation == before.Generation ? value : value with
        {
            Metadata = after with { Namespace = before.Namespace, ResourceVersion = before.ResourceVersion, Generation = before.Generation },
        };
    }
}
