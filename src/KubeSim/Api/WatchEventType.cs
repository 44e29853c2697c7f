namespace KubeSim.Api;

/// <summary>What happened to an object.</summary>
public enum WatchEventType
{
    /// <summary>It is there: it was when the watch began, or it was created since, or it began to match.</summary>
    Added,

    /// <summary>It changed.</summary>
    Modified,

    /// <summary>It is gone, or no longer matches; the event holds its last state.</summary>
    Deleted,
}
