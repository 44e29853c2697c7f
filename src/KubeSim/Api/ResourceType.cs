using System.Diagnostics.CodeAnalysis;
using KubeSim.Collections;

namespace KubeSim.Api;

/// <summary>A kind of object and the resource under which the API server serves it.</summary>
/// <param name="Group">The API group, for example <c>apps</c>; empty for the core group.</param>
/// <param name="Version">The version, for example <c>v1</c>.</param>
/// <param name="Kind">The kind, for example <c>Deployment</c>.</param>
/// <param name="Plural">The resource's name, for example <c>deployments</c>.</param>
/// <param name="IsNamespaced">Whether its objects live in namespaces.</param>
[SuppressMessage("Naming", "CA1724", Justification = "Kubernetes' own word.")]
public sealed record ResourceType(string Group, string Version, string Kind, string Plural, bool IsNamespaced)
{
    /// <summary>Pods.</summary>
    public static ResourceType Pod { get; } = new("", "v1", "Pod", "pods", true) { ShortNames = ["po"] };

    /// <summary>Services.</summary>
    public static ResourceType Service { get; } = new("", "v1", "Service", "services", true) { ShortNames = ["svc"] };

    /// <summary>Endpoints, the older lists of endpoints.</summary>
    public static ResourceType Endpoints { get; } = new("", "v1", "Endpoints", "endpoints", true) { ShortNames = ["ep"] };

    /// <summary>EndpointSlices.</summary>
    public static ResourceType EndpointSlice { get; } = new("discovery.k8s.io", "v1", "EndpointSlice", "endpointslices", true);

    /// <summary>Nodes.</summary>
    public static ResourceType Node { get; } = new("", "v1", "Node", "nodes", false) { ShortNames = ["no"] };

    /// <summary>Namespaces.</summary>
    public static ResourceType Namespace { get; } = new("", "v1", "Namespace", "namespaces", false) { ShortNames = ["ns"] };

    /// <summary>Deployments.</summary>
    public static ResourceType Deployment { get; } = new("apps", "v1", "Deployment", "deployments", true) { ShortNames = ["deploy"] };

    /// <summary>ReplicaSets.</summary>
    public static ResourceType ReplicaSet { get; } = new("apps", "v1", "ReplicaSet", "replicasets", true) { ShortNames = ["rs"] };

    /// <summary>The API group, for example <c>apps</c>; empty for the core group.</summary>
    public string Group { get; init; } = Group ?? throw new ArgumentNullException(nameof(Group));

    /// <summary>The version, for example <c>v1</c>.</summary>
    public string Version { get; init; } = Version ?? throw new ArgumentNullException(nameof(Version));

    /// <summary>The kind, for example <c>Deployment</c>.</summary>
    public string Kind { get; init; } = Kind ?? throw new ArgumentNullException(nameof(Kind));

    /// <summary>The resource's name, for example <c>deployments</c>.</summary>
    public string Plural { get; init; } = Plural ?? throw new ArgumentNullException(nameof(Plural));

    /// <summary>Further names that kubectl takes for the resource, for example <c>svc</c>.</summary>
    public EquatableArray<string> ShortNames { get; init; }

    /// <summary>The group and version as objects spell them, for example <c>v1</c> or <c>apps/v1</c>.</summary>
    public string ApiVersion { get; } = Group.Length == 0 ? Version : $"{Group}/{Version}";

    /// <summary>The resource's name in the singular, for example <c>deployment</c>.</summary>
    [SuppressMessage("Globalization", "CA1308", Justification = "Kubernetes spells it in lower case.")]
    public string Singular { get; } = Kind.ToLowerInvariant();

    /// <summary>The resource with its group, as errors and kubectl name it, for example <c>deployments.apps</c>.</summary>
    public string QualifiedPlural { get; } = Group.Length == 0 ? Plural : $"{Plural}.{Group}";

    /// <summary>The kind with its group, as errors name it, for example <c>Deployment.apps</c>.</summary>
    public string QualifiedKind { get; } = Group.Length == 0 ? Kind : $"{Kind}.{Group}";

    /// <summary>The singular with its group, as kubectl prints it, for example <c>deployment.apps</c>.</summary>
    public string QualifiedSingular => Group.Length == 0 ? Singular : $"{Singular}.{Group}";

    /// <summary>Whether both are the same version of the same kind.</summary>
    public bool Equals(ResourceType? other) =>
        ReferenceEquals(this, other) || (other is not null && Kind == other.Kind && Group == other.Group && Version == other.Version);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Kind);

    /// <summary>For example <c>deployments.apps</c>.</summary>
    public override string ToString() => QualifiedPlural;
}
