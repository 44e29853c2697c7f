namespace KubeSim.KernelTests.Lab;

/// <summary>What a client notices.</summary>
internal enum Outcome
{
    /// <summary>Nothing came back.</summary>
    Dropped,

    /// <summary>Somebody said no.</summary>
    Refused,

    /// <summary>A server answered.</summary>
    Reached,
}
