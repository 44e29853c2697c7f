namespace KubeSim.Controllers.Scheduling;

/// <summary>What the scheduler says when no node takes a Pod.</summary>
/// <source>kubernetes v1.36, pkg/scheduler/framework/types.go, FitError; plugins/defaultpreemption</source>
internal static class FitError
{
    public const string NoNodes = "no nodes available to schedule pods";

    /// <summary>For example <c>0/2 nodes are available: 2 node(s) were unschedulable. …</c>.</summary>
    /// <param name="reasons">One reason for each node.</param>
    public static string Message(IReadOnlyCollection<string> reasons)
    {
        if (reasons.Count == 0)
        {
            return NoNodes;
        }

        string none = $"0/{reasons.Count} nodes are available";
        return $"{none}: {Histogram(reasons)}. no new claims to deallocate, preemption: {none}: {Histogram(reasons.Select(Preemption))}.";
    }

    private static string Preemption(string reason) =>
        reason == NodeFilter.TooManyPods ? "No preemption victims found for incoming pod" : "Preemption is not helpful for scheduling";

    private static string Histogram(IEnumerable<string> reasons) =>
        string.Join(", ", reasons.CountBy(reason => reason, StringComparer.Ordinal).Select(pair => $"{pair.Value} {pair.Key}").Order(StringComparer.Ordinal));
}
