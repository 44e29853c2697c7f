using System.Diagnostics.CodeAnalysis;
using KubeSim.Api;
using KubeSim.Collections;

namespace KubeSim;

/// <summary>What a verb acts on, as kubectl takes it: <c>deployment/web</c>, <c>svc/web</c>, <c>deployments.apps/web</c>, <c>pod hello</c>; or a resource alone.</summary>
/// <param name="Resource">The resource.</param>
/// <param name="Name">The object's name; null for the resource alone.</param>
internal readonly record struct ResourceReference(ResourceType Resource, string? Name)
{
    /// <exception cref="ArgumentException">The text is empty, or names a resource that nobody knows.</exception>
    internal static ResourceReference Parse([NotNull] string? target, Func<Predicate<ResourceType>, ResourceType?> find)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(target);
        string[] parts = target.Split(['/', ' '], StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length is 0 or > 2)
        {
            throw new ArgumentException($"'{Excerpt.Of(target)}' is not a resource and a name, such as 'deployment/web'.", nameof(target));
        }

        ResourceType resource = find(resource => IsCalled(resource, parts[0])) ?? throw new ArgumentException($"the server doesn't have a resource type \"{Excerpt.Of(parts[0])}\"", nameof(target));
        return new(resource, parts.Length == 2 ? parts[1] : null);
    }

    /// <summary>Whether kubectl would take the word for the resource.</summary>
    private static bool IsCalled(ResourceType resource, string word) =>
        Same(word, resource.Plural) || Same(word, resource.Singular) || Same(word, resource.QualifiedPlural) || Same(word, resource.QualifiedSingular)
        || resource.ShortNames.Any(name => Same(word, name));

    /// <summary>The same, where an object is wanted.</summary>
    /// <exception cref="ArgumentException">The text names no object.</exception>
    internal ResourceReference WithName(string target) => Name is not null ? this
        : throw new ArgumentException($"'{Excerpt.Of(target)}' names no object; write for example '{Resource.Singular}/web'.", nameof(target));

    private static bool Same(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
