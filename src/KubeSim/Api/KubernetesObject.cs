namespace KubeSim.Api;

/// <summary>
/// An object as the API server stores it: immutable, shared by everybody who looks at it, equal to another when both say the same.
/// Make a changed one with <c>with</c>.
/// </summary>
public abstract record KubernetesObject
{
    private protected KubernetesObject()
    {
    }

    /// <summary>What kind of object this is.</summary>
    public abstract ResourceType Resource { get; }

    /// <summary>The group and version, for example <c>v1</c> or <c>apps/v1</c>.</summary>
    public string ApiVersion => Resource.ApiVersion;

    /// <summary>The kind, for example <c>Pod</c>.</summary>
    public string Kind => Resource.Kind;

    /// <summary>Its name, its place, its version and its life.</summary>
    public ObjectMeta Metadata { get; init; } = ObjectMeta.Empty;

    /// <summary>The fields beside those that are typed, as they came.</summary>
    public CarriedFields Carried { get; init; }

    /// <summary>The name within the namespace.</summary>
    public NamespacedName Name => new(Metadata.Namespace, Metadata.Name);
}
