namespace KubeSim.Api;

/// <summary>How an object is deleted.</summary>
public sealed record DeleteOptions
{
    /// <summary>How long a Pod has to end.</summary>
    /// <value>Seconds, 0 or more; null for the Pod's own terminationGracePeriodSeconds.</value>
    public long? GracePeriodSeconds { get; init; }

    /// <summary>What becomes of the objects that it owns: <c>Background</c> (the default), <c>Foreground</c> or <c>Orphan</c>.</summary>
    public string? PropagationPolicy { get; init; }

    /// <summary>Delete only the object with this identity.</summary>
    public string? Uid { get; init; }

    /// <summary>Delete only the object at this version.</summary>
    public string? ResourceVersion { get; init; }
}
