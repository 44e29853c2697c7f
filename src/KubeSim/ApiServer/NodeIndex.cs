using KubeSim.Api;
using KubeSim.Simulation;

namespace KubeSim.ApiServer;

/// <summary>The Pods by their nodes, and for each node those who want to hear of its Pods: a thousand kubelets do not each look at every Pod.</summary>
internal sealed class NodeIndex : IObjectIndex<Pod>
{
    private readonly Dictionary<string, OrderedObjects<Pod>> _pods = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Broadcast<ObjectChange<Pod>>> _changes = new(StringComparer.Ordinal);

    public void Note(Stored<Pod> place, Pod? old, Pod? now)
    {
        string? from = old?.Spec.NodeName;
        string? to = now?.Spec.NodeName;
        if (from == to)
        {
            return;
        }

        if (!string.IsNullOrEmpty(from))
        {
            OrderedObjects<Pod> left = _pods[from];
            left.Remove();
            if (left.Count == 0)
            {
                _pods.Remove(from);
            }
        }

        if (!string.IsNullOrEmpty(to))
        {
            if (!_pods.TryGetValue(to, out OrderedObjects<Pod>? joined))
            {
                _pods[to] = joined = new OrderedObjects<Pod>(pod => pod.Spec.NodeName == to);
            }

            joined.Add(place);
        }
    }

    internal Pod[] List(string node, long version) => _pods.TryGetValue(node, out OrderedObjects<Pod>? pods) ? pods.List(version) : [];

    /// <summary>What happens to the Pods of a node, as <see cref="Route"/> hears of it.</summary>
    internal Broadcast<ObjectChange<Pod>> ChangesOn(string node)
    {
        if (!_changes.TryGetValue(node, out Broadcast<ObjectChange<Pod>>? changes))
        {
            _changes[node] = changes = new Broadcast<ObjectChange<Pod>>();
        }

        return changes;
    }

    /// <summary>Hands a change to the nodes it concerns.</summary>
    internal void Route(ObjectChange<Pod> change)
    {
        string? from = change.Previous?.Spec.NodeName;
        string? to = change.Object.Spec.NodeName;
        if (change.Previous is null || from == to)
        {
            Publish(to, change);
            return;
        }

        Publish(from, change with { Type = WatchEventType.Deleted });
        if (change.Type != WatchEventType.Deleted)
        {
            Publish(to, change with { Type = WatchEventType.Added, Previous = null });
        }
    }

    private void Publish(string? node, ObjectChange<Pod> change)
    {
        if (!string.IsNullOrEmpty(node) && _changes.TryGetValue(node, out Broadcast<ObjectChange<Pod>>? changes))
        {
            changes.Publish(change);
        }
    }
}
