namespace KubeSim.Api;

/// <summary>Which objects of a kind are meant. The default means all.</summary>
public sealed record ListOptions
{
    /// <summary>Only those in this namespace; null for every namespace.</summary>
    public string? Namespace { get; init; }

    /// <summary>Only those with these labels, in kubectl's notation: <c>app=web,tier in (front, back),!canary</c>.</summary>
    public string? LabelSelector { get; init; }

    /// <summary>Only those with these values of their fields: <c>spec.nodeName=node-1,status.phase!=Failed</c>. Which fields, depends on the kind.</summary>
    public string? FieldSelector { get; init; }

    /// <summary>For a watch: begin behind this version instead of with the present objects.</summary>
    /// <value>A version that an object or a list had.</value>
    public string? ResourceVersion { get; init; }
}
