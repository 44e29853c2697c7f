using KubeSim.Api;

namespace KubeSim.Controllers;

/// <summary>Who an object belongs to.</summary>
internal static class Owners
{
    /// <summary>The reference to the object that manages this one, or null.</summary>
    public static OwnerReference? ControllerOf(ObjectMeta metadata)
    {
        foreach (OwnerReference owner in metadata.OwnerReferences)
        {
            if (owner.Controller == true)
            {
                return owner;
            }
        }

        return null;
    }

    /// <summary>The reference that a managing owner puts into what it creates.</summary>
    /// <source>kubernetes v1.36, apimachinery pkg/apis/meta/v1, NewControllerRef</source>
    public static OwnerReference Controlling(KubernetesObject owner) => new()
    {
        ApiVersion = owner.ApiVersion,
        Kind = owner.Kind,
        Name = owner.Metadata.Name,
        Uid = owner.Metadata.Uid ?? "",
        Controller = true,
        BlockOwnerDeletion = true,
    };

    /// <summary>The references without those to one owner.</summary>
    public static ObjectMeta Without(ObjectMeta metadata, string uid) =>
        metadata with { OwnerReferences = [.. metadata.OwnerReferences.Where(owner => owner.Uid != uid)] };
}
