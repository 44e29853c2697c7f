using System.Collections.ObjectModel;
using KubeSim.Api;

namespace KubeSim.ApiServer;

/// <summary>What list options mean for a kind, read once.</summary>
internal sealed class Selection
{
    private readonly Selector _labels;
    private readonly FieldSelector _fields;

    /// <exception cref="ApiException">400: a selector cannot be read, or the kind has no such field.</exception>
    internal Selection(ResourceType resource, ListOptions? options)
    {
        try
        {
            _labels = Selector.Parse(options?.LabelSelector);
            _fields = FieldSelector.Parse(options?.FieldSelector).For(resource);
        }
        catch (FormatException wrong)
        {
            throw Refusal.BadRequest(wrong.Message);
        }

        Namespace = resource.IsNamespaced && !string.IsNullOrEmpty(options?.Namespace) ? options.Namespace : null;
    }

    /// <summary>Only objects of this namespace; null for all.</summary>
    internal string? Namespace { get; }

    /// <summary>Only Pods of this node; null for all.</summary>
    internal string? NodeName => _fields.Required(SelectableFields.NodeName) is { Length: > 0 } node ? node : null;

    /// <summary>Whether only the namespace counts.</summary>
    internal bool IsWholeNamespace => _labels.IsEverything && _fields.IsEverything;

    internal bool Matches(KubernetesObject value) => _labels.Matches(value.Metadata.Labels) && _fields.Matches(value);

    /// <summary>Those that match, in their order, in a list that nobody can change.</summary>
    internal ReadOnlyCollection<T> Of<T>(T[] objects)
        where T : KubernetesObject
    {
        if (IsWholeNamespace)
        {
            return new ReadOnlyCollection<T>(objects);
        }

        var matching = new List<T>();
        foreach (T value in objects)
        {
            if (Matches(value) && (Namespace is null || value.Metadata.Namespace == Namespace))
            {
                matching.Add(value);
            }
        }

        return new ReadOnlyCollection<T>(matching);
    }
}
