namespace KubeSim;

/// <summary>What became of an object that was applied.</summary>
public enum ApplyAction
{
    /// <summary>It was new.</summary>
    Created,

    /// <summary>It was there and has changed.</summary>
    Configured,

    /// <summary>It was there and says all of it already.</summary>
    Unchanged,
}
