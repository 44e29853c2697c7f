namespace KubeSim.ApiServer.Patching;

/// <summary>How a patch is meant.</summary>
internal enum PatchType
{
    /// <summary>Members replace members (RFC 7386).</summary>
    Merge,

    /// <summary>The same, but lists of objects with keys are merged element by element.</summary>
    StrategicMerge,

    /// <summary>A list of operations (RFC 6902).</summary>
    Json,
}
