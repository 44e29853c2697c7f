namespace KubeSim.ApiServer;

/// <summary>Which changes a component subscribes to, and how much later it sees them. The default is all of a kind, at once.</summary>
internal readonly record struct WatchScope
{
    /// <summary>From a change to its delivery; order is kept. Zero for at once, within the writing call.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>Only Pods of that node, found by an index; a Pod that is bound to it appears as added. Null for every object.</summary>
    public string? NodeName { get; init; }

    /// <summary>Only objects of that namespace; null for every namespace.</summary>
    public string? Namespace { get; init; }
}
