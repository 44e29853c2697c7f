using KubeSim.Api;

namespace KubeSim.Controllers;

/// <summary>Names an object of any kind. Sorts by the resource's name, then by the object's.</summary>
internal readonly record struct ObjectKey(ResourceType Resource, NamespacedName Name) : IComparable<ObjectKey>
{
    public static ObjectKey Of(KubernetesObject value) => new(value.Resource, value.Name);

    /// <summary>The owner that an object in this namespace refers to.</summary>
    public static ObjectKey Of(OwnerReference owner, string space)
    {
        ResourceType resource = KnownResources.OfKind(owner.ApiVersion, owner.Kind);
        return new(resource, new(resource.IsNamespaced ? space : "", owner.Name));
    }

    public int CompareTo(ObjectKey other)
    {
        int resource = string.CompareOrdinal(Resource.QualifiedPlural, other.Resource.QualifiedPlural);
        int version = resource != 0 ? resource : string.CompareOrdinal(Resource.Version, other.Resource.Version);
        return version != 0 ? version : Name.CompareTo(other.Name);
    }

    public override string ToString() => $"{Resource} {Name}";

    public static bool operator <(ObjectKey left, ObjectKey right) => left.CompareTo(right) < 0;

    public static bool operator >(ObjectKey left, ObjectKey right) => left.CompareTo(right) > 0;

    public static bool operator <=(ObjectKey left, ObjectKey right) => left.CompareTo(right) <= 0;

    public static bool operator >=(ObjectKey left, ObjectKey right) => left.CompareTo(right) >= 0;
}
