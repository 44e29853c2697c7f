namespace KubeSim.Dataplane;

/// <summary>What a node's service table says to a new flow.</summary>
internal enum DecisionKind
{
    /// <summary>No Service answers there; the packet goes on as it is.</summary>
    NoMatch,

    /// <summary>Pick one of the backends and send the packet there.</summary>
    Balance,

    /// <summary>Answer that nobody is there.</summary>
    Reject,

    /// <summary>Lose the packet.</summary>
    Drop,
}
