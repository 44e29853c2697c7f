using KubeSim.Api;
using KubeSim.Collections;

namespace KubeSim.Controllers.Namespaces;

/// <summary>What a terminating namespace says of what is left in it.</summary>
/// <source>kubernetes v1.36, pkg/controller/namespace/deletion</source>
internal static class NamespaceConditions
{
    /// <summary>The conditions of a namespace in which these objects are left.</summary>
    public static EquatableArray<Condition> With(EquatableArray<Condition> conditions, IReadOnlyCollection<KubernetesObject> remaining, DateTimeOffset now)
    {
        string content = Counted(remaining.Select(value => $"{value.Resource.Plural}.{value.Resource.Group}"), "has");
        string finalizers = Counted(remaining.SelectMany(value => value.Metadata.Finalizers), "in");
        Condition[] wanted =
        [
            New("NamespaceDeletionDiscoveryFailure", false, "ResourcesDiscovered", "All resources successfully discovered"),
            New("NamespaceDeletionGroupVersionParsingFailure", false, "ParsedGroupVersions", "All legacy kube types successfully parsed"),
            New("NamespaceDeletionContentFailure", false, "ContentDeleted", "All content successfully deleted, may be waiting on finalization"),
            content.Length > 0
                ? New("NamespaceContentRemaining", true, "SomeResourcesRemain", $"Some resources are remaining: {content}")
                : New("NamespaceContentRemaining", false, "ContentRemoved", "All content successfully removed"),
            finalizers.Length > 0
                ? New("NamespaceFinalizersRemaining", true, "SomeFinalizersRemain", $"Some content in the namespace has finalizers remaining: {finalizers}")
                : New("NamespaceFinalizersRemaining", false, "ContentHasNoFinalizers", "All content-preserving finalizers finished"),
        ];
        foreach (Condition condition in wanted)
        {
            Condition? present = Conditions.Find(conditions, condition.Type);
            DateTimeOffset? since = present?.Status == condition.Status ? present.LastTransitionTime : now;
            Condition next = condition with { LastTransitionTime = since };
            conditions = present == next ? conditions : Conditions.Remove(conditions, condition.Type).Add(next);
        }

        return conditions;
    }

    private static Condition New(string type, bool status, string reason, string message) =>
        new() { Type = type, Status = status ? ConditionStatus.True : ConditionStatus.False, Reason = reason, Message = message };

    private static string Counted(IEnumerable<string> names, string word) => string.Join(
        ", ",
        names.CountBy(name => name, StringComparer.Ordinal).Select(pair => $"{pair.Key} {word} {pair.Value} resource instances").Order(StringComparer.Ordinal));
}
