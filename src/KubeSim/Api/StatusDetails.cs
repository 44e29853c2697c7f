using KubeSim.Collections;

namespace KubeSim.Api;

/// <summary>What a refusal is about.</summary>
public sealed record StatusDetails
{
    /// <summary>The name of the object.</summary>
    public string? Name { get; init; }

    /// <summary>The group of its kind.</summary>
    public string? Group { get; init; }

    /// <summary>The resource, or for an invalid object the kind.</summary>
    public string? Kind { get; init; }

    /// <summary>The identity of the object.</summary>
    public string? Uid { get; init; }

    /// <summary>Each thing that is wrong.</summary>
    public EquatableArray<StatusCause> Causes { get; init; }
}
