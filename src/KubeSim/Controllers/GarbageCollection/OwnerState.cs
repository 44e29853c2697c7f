namespace KubeSim.Controllers.GarbageCollection;

/// <summary>What became of an object's owner.</summary>
internal enum OwnerState
{
    /// <summary>It is there, or going on its own account.</summary>
    Solid,

    /// <summary>It is going and takes its dependents along first.</summary>
    WaitsForDependents,

    /// <summary>There is none of that identity.</summary>
    Absent,
}
