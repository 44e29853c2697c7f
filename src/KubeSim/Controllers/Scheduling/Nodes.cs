using KubeSim.Api;

namespace KubeSim.Controllers.Scheduling;

/// <summary>The nodes as the scheduler sees them, and which of them take Pods with the same needs.</summary>
internal sealed class Nodes
{
    private readonly Dictionary<string, NodeSlot> _byName = new(StringComparer.Ordinal);
    private readonly List<NodeSlot> _present = [];
    private readonly Dictionary<PlacementNeeds, NodeChoice> _choices = [];
    private bool _isSorted = true;

    /// <summary>All indexes of slots are below this.</summary>
    public int Indexes => _byName.Count;

    public NodeSlot this[string name]
    {
        get
        {
            if (!_byName.TryGetValue(name, out NodeSlot? slot))
            {
                _byName[name] = slot = new NodeSlot(name, _byName.Count);
            }

            return slot;
        }
    }

    /// <summary>Takes a node's new state, null when it is gone; true where Pods may fit now that did not before.</summary>
    public bool Put(string name, Node? node)
    {
        NodeSlot slot = this[name];
        Node? before = slot.Node;
        slot.Node = node;
        if (before is not null && node is not null && NodeFilter.IsSame(before, node))
        {
            return false;
        }

        slot.Capacity = node is null ? int.MaxValue : NodeFilter.Capacity(node);
        _choices.Clear();
        if (before is null && node is not null)
        {
            _present.Add(slot);
            _isSorted = false;
        }
        else if (node is null)
        {
            _present.Remove(slot);
        }

        return node is not null;
    }

    /// <summary>Which nodes take Pods with these needs; searched once for all of them, until a node changes.</summary>
    public NodeChoice For(PlacementNeeds needs)
    {
        if (!_choices.TryGetValue(needs, out NodeChoice? choice))
        {
            _choices[needs] = choice = new NodeChoice(Present(), needs);
        }

        return choice;
    }

    private List<NodeSlot> Present()
    {
        if (!_isSorted)
        {
            _present.Sort(static (left, right) => string.CompareOrdinal(left.Name, right.Name));
            _isSorted = true;
        }

        return _present;
    }
}
