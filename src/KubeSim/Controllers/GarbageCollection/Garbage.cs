using KubeSim.Api;

namespace KubeSim.Controllers.GarbageCollection;

/// <summary>Decides what becomes of objects whose owners go.</summary>
/// <source>kubernetes v1.36, pkg/controller/garbagecollector</source>
internal static class Garbage
{
    public const string Foreground = "foregroundDeletion";
    public const string Orphan = "orphan";

    /// <summary>Whether the object is being deleted and waits for this finalizer.</summary>
    public static bool IsHeldBy(KubernetesObject value, string finalizer) =>
        value.Metadata.DeletionTimestamp is not null && value.Metadata.Finalizers.Contains(finalizer, StringComparer.Ordinal);

    /// <summary>The state of the object that an owner reference means; <paramref name="found"/> is what has its name now.</summary>
    public static OwnerState StateOf(OwnerReference owner, KubernetesObject? found) =>
        found is null || found.Metadata.Uid != owner.Uid ? OwnerState.Absent
        : IsHeldBy(found, Foreground) ? OwnerState.WaitsForDependents
        : OwnerState.Solid;

    /// <summary>Whether the dependent keeps its owner from going.</summary>
    public static bool Blocks(KubernetesObject dependent, string owner)
    {
        foreach (OwnerReference reference in dependent.Metadata.OwnerReferences)
        {
            if (reference.Uid == owner && reference.BlockOwnerDeletion == true)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>How an object without a living owner is deleted: first what depends on it where its owner waits, otherwise as its finalizers ask.</summary>
    public static string Propagation(KubernetesObject value, bool isWaitedFor, bool hasDependents)
    {
        if (isWaitedFor && hasDependents)
        {
            return "Foreground";
        }

        return value.Metadata.Finalizers.Contains(Orphan, StringComparer.Ordinal) ? "Orphan"
            : value.Metadata.Finalizers.Contains(Foreground, StringComparer.Ordinal) ? "Foreground"
            : "Background";
    }

    public static T Without<T>(T value, string finalizer)
        where T : KubernetesObject =>
        value with { Metadata = value.Metadata with { Finalizers = [.. value.Metadata.Finalizers.Where(held => held != finalizer)] } };
}
