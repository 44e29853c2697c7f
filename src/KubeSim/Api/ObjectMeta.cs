using KubeSim.Collections;

namespace KubeSim.Api;

/// <summary>What every object has: its name, its place, its version and its life.</summary>
public sealed record ObjectMeta
{
    /// <summary>The one in which nothing is set.</summary>
    public static ObjectMeta Empty { get; } = new();

    /// <summary>The object's name, unique in its namespace for its kind.</summary>
    /// <value>Empty until the server has made one from GenerateName.</value>
    public string Name { get; init; } = "";

    /// <summary>The beginning of a name that the server completes when Name is empty.</summary>
    public string? GenerateName { get; init; }

    /// <summary>The namespace.</summary>
    /// <value>Empty for objects of the cluster itself, and before the server has put the object into one.</value>
    public string Namespace { get; init; } = "";

    /// <summary>What selectors look at.</summary>
    public LabelSet Labels { get; init; }

    /// <summary>Notes that no selector looks at.</summary>
    /// <value>Together at most 262,144 bytes.</value>
    public LabelSet Annotations { get; init; }

    /// <summary>The identity of this object, which no later object of the same name shares.</summary>
    /// <value>A UUID; null until created.</value>
    public string? Uid { get; init; }

    /// <summary>The version of the whole store at which this object last changed.</summary>
    /// <value>A decimal number to be compared for equality only; null until created.</value>
    public string? ResourceVersion { get; init; }

    /// <summary>Counts the changes of what is wanted of the object.</summary>
    /// <value>1 or more; null for kinds that do not count.</value>
    public long? Generation { get; init; }

    /// <summary>When the object was created, in virtual time.</summary>
    /// <value>Whole seconds, UTC.</value>
    public DateTimeOffset? CreationTimestamp { get; init; }

    /// <summary>When the object will be or should have been gone; null while nobody deleted it.</summary>
    /// <value>Whole seconds, UTC.</value>
    public DateTimeOffset? DeletionTimestamp { get; init; }

    /// <summary>How long the object had from its deletion to the time it should be gone.</summary>
    /// <value>Seconds, 0 or more.</value>
    public long? DeletionGracePeriodSeconds { get; init; }

    /// <summary>Objects without which this one is garbage.</summary>
    public EquatableArray<OwnerReference> OwnerReferences { get; init; }

    /// <summary>Who has to clean up before the object may go.</summary>
    public EquatableArray<string> Finalizers { get; init; }

    /// <summary>The fields that are not typed here, as they came.</summary>
    public CarriedFields Carried { get; init; }

    internal static ObjectMeta Map(FieldMap map, ObjectMeta? value) => new()
    {
        Name = map.NonEmptyText("name", value?.Name),
        GenerateName = map.Text("generateName", value?.GenerateName),
        Namespace = map.NonEmptyText("namespace", value?.Namespace),
        Labels = map.Labels("labels", value?.Labels ?? default),
        Annotations = map.Labels("annotations", value?.Annotations ?? default),
        Uid = map.Text("uid", value?.Uid),
        ResourceVersion = map.Text("resourceVersion", value?.ResourceVersion),
        Generation = map.Number("generation", value?.Generation),
        CreationTimestamp = map.Time("creationTimestamp", value?.CreationTimestamp),
        DeletionTimestamp = map.Time("deletionTimestamp", value?.DeletionTimestamp),
        DeletionGracePeriodSeconds = map.Number("deletionGracePeriodSeconds", value?.DeletionGracePeriodSeconds),
        OwnerReferences = map.List("ownerReferences", value?.OwnerReferences ?? default, OwnerReference.Map),
        Finalizers = map.Texts("finalizers", value?.Finalizers ?? default),
        Carried = map.Rest(value?.Carried ?? default, "managedFields", "selfLink"),
    };
}
