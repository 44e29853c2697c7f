using KubeSim.Api;

namespace KubeSim.Controllers.EndpointSlices;

/// <summary>From labels to the Pods that have them.</summary>
internal sealed class PodLabelIndex
{
    private readonly Dictionary<NamespacedName, PodEntry> _pods = [];
    private readonly Dictionary<LabelKey, HashSet<PodEntry>> _byLabel = [];

    /// <summary>Takes a Pod in, exchanges it, or (null) takes it out.</summary>
    /// <param name="name">The Pod's name.</param>
    /// <param name="now">The Pod.</param>
    /// <param name="before">What it was before.</param>
    public PodEntry Set(NamespacedName name, Pod? now, out Pod? before)
    {
        if (!_pods.TryGetValue(name, out PodEntry? entry))
        {
            before = null;
            entry = new PodEntry(now!);
            if (now is not null)
            {
                _pods.Add(name, entry);
                Add(entry, now);
            }

            return entry;
        }

        before = entry.Pod;
        if (now is null || now.Metadata.Labels != before.Metadata.Labels)
        {
            Remove(entry, before);
        }

        if (now is null)
        {
            _pods.Remove(name);
            return entry;
        }

        if (now.Metadata.Labels != before.Metadata.Labels)
        {
            Add(entry, now);
        }

        entry.Pod = now;
        return entry;
    }

    /// <summary>The Pods of a namespace that a selector matches, in the order of their names; none for an empty one.</summary>
    public List<Pod> Matching(string podNamespace, LabelSet selector)
    {
        HashSet<PodEntry>? fewest = null;
        foreach (Label label in selector)
        {
            if (!_byLabel.TryGetValue(new(podNamespace, label.Key, label.Value), out HashSet<PodEntry>? some))
            {
                return [];
            }

            fewest = fewest is null || some.Count < fewest.Count ? some : fewest;
        }

        var matching = new List<Pod>(fewest?.Count ?? 0);
        foreach (PodEntry entry in fewest ?? [])
        {
            if (selector.IsSubsetOf(entry.Pod.Metadata.Labels))
            {
                matching.Add(entry.Pod);
            }
        }

        matching.Sort(static (left, right) => string.CompareOrdinal(left.Metadata.Name, right.Metadata.Name));
        return matching;
    }

    private void Add(PodEntry entry, Pod pod)
    {
        foreach (Label label in pod.Metadata.Labels)
        {
            var key = new LabelKey(pod.Metadata.Namespace, label.Key, label.Value);
            if (!_byLabel.TryGetValue(key, out HashSet<PodEntry>? entries))
            {
                entries = [];
                _byLabel.Add(key, entries);
            }

            entries.Add(entry);
        }
    }

    private void Remove(PodEntry entry, Pod pod)
    {
        foreach (Label label in pod.Metadata.Labels)
        {
            var key = new LabelKey(pod.Metadata.Namespace, label.Key, label.Value);
            HashSet<PodEntry> entries = _byLabel[key];
            entries.Remove(entry);
            if (entries.Count == 0)
            {
                _byLabel.Remove(key);
            }
        }
    }
}
