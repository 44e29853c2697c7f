namespace KubeSim.Controllers.Scheduling;

/// <summary>The nodes for Pods with the same needs, and what to say when all of them are full.</summary>
internal sealed class NodeChoice
{
    private readonly List<string> _reasons = [];
    private string? _message;

    /// <param name="nodes">All nodes, in the order of their names.</param>
    /// <param name="needs">What the Pods need.</param>
    public NodeChoice(List<NodeSlot> nodes, PlacementNeeds needs)
    {
        var candidates = new List<NodeSlot>();
        foreach (NodeSlot slot in nodes)
        {
            string? reason = NodeFilter.Reason(slot.Node!, needs);
            _reasons.Add(reason ?? NodeFilter.TooManyPods);
            if (reason is null)
            {
                candidates.Add(slot);
            }
        }

        Candidates = [.. candidates];
    }

    /// <summary>The nodes that take such Pods while they have room, in the order of their names.</summary>
    public NodeSlot[] Candidates { get; }

    /// <summary>Why a Pod fits nowhere once the candidates are full.</summary>
    public string Message => _message ??= FitError.Message(_reasons);
}
