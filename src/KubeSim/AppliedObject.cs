using System.Diagnostics.CodeAnalysis;
using KubeSim.Api;

namespace KubeSim;

/// <summary>One object of a manifest and what became of it.</summary>
/// <param name="Resource">What kind of object it is.</param>
/// <param name="Name">Its name.</param>
/// <param name="Action">What became of it.</param>
public readonly record struct AppliedObject(ResourceType Resource, NamespacedName Name, ApplyAction Action)
{
    /// <summary>kubectl's line, for example <c>deployment.apps/web created</c>.</summary>
    [SuppressMessage("Globalization", "CA1308", Justification = "kubectl's words are in lower case.")]
    public override string ToString() => $"{Resource.QualifiedSingular}/{Name.Name} {Action.ToString().ToLowerInvariant()}";
}
