using KubeSim.Api;

namespace KubeSim.Controllers.Scheduling;

/// <summary>The scheduler's place for a node: there as long as there is a node of that name or a Pod that names it.</summary>
internal sealed class NodeSlot(string name, int index)
{
    public string Name { get; } = name;

    public int Index { get; } = index;

    /// <summary>The node; null where only Pods name it.</summary>
    public Node? Node { get; set; }

    /// <summary>How many Pods it takes.</summary>
    public int Capacity { get; set; } = int.MaxValue;

    /// <summary>How many Pods are on it that have not ended.</summary>
    public int Pods { get; set; }
}
