using KubeSim.Api;

namespace KubeSim.Controllers;

/// <summary>The objects of one kind that no owner controls, by namespace: whoever looks for something to adopt need not look at all.</summary>
internal sealed class UncontrolledObjects
{
    private readonly Dictionary<string, SortedSet<NamespacedName>> _byNamespace = new(StringComparer.Ordinal);

    /// <summary>Follows a change; null stands for an object that was not there before, or is not there now.</summary>
    public void Note(KubernetesObject? before, KubernetesObject? now)
    {
        bool was = before is not null && Owners.ControllerOf(before.Metadata) is null;
        bool isNow = now is not null && Owners.ControllerOf(now.Metadata) is null;
        if (was == isNow)
        {
            return;
        }

        NamespacedName name = (now ?? before)!.Name;
        if (!_byNamespace.TryGetValue(name.Namespace, out SortedSet<NamespacedName>? names))
        {
            _byNamespace[name.Namespace] = names = [];
        }

        if (isNow)
        {
            names.Add(name);
        }
        else
        {
            names.Remove(name);
        }
    }

    /// <summary>Their names, in order.</summary>
    public IEnumerable<NamespacedName> In(string space) => _byNamespace.TryGetValue(space, out SortedSet<NamespacedName>? names) ? names : [];
}
