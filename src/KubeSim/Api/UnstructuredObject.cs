namespace KubeSim.Api;

/// <summary>An object of a kind that is not modelled: everything beside its metadata is in <see cref="KubernetesObject.Carried"/>.</summary>
public sealed record UnstructuredObject : KubernetesObject
{
    private readonly ResourceType _resource;

    /// <summary>An empty object of a kind.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="resource"/> is null.</exception>
    /// <exception cref="ArgumentException">The kind has a record of its own, such as <see cref="Service"/>.</exception>
    public UnstructuredObject(ResourceType resource)
    {
        ArgumentNullException.ThrowIfNull(resource);
        if (Array.IndexOf(KnownResources.Modelled, resource) >= 0)
        {
            throw new ArgumentException($"The kind {resource.Kind} has a record of its own; make a new {resource.Kind}.", nameof(resource));
        }

        _resource = resource;
    }

    /// <inheritdoc/>
    public override ResourceType Resource => _resource;

    /// <summary>A mapping for one kind: all fields but the metadata are carried.</summary>
    internal static FieldMap.Mapping<KubernetesObject> MappingOf(ResourceType resource) => (map, value) => new UnstructuredObject(resource)
    {
        Metadata = map.Object("metadata", value?.Metadata, ObjectMeta.Map, ObjectMeta.Empty),
        Carried = map.RestOfAnyKind(value?.Carried ?? default),
    };
}
