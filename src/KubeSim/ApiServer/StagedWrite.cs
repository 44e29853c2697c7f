using KubeSim.Api;

namespace KubeSim.ApiServer;

/// <summary>One write of a batch.</summary>
/// <param name="Before">The object before; null where there was none.</param>
/// <param name="Value">The object as it is then, with its version; for a removal its last state.</param>
/// <param name="Version">The store's version of the write.</param>
/// <param name="IsRemoval">Whether the object is taken out.</param>
internal readonly record struct StagedWrite(KubernetesObject? Before, KubernetesObject Value, long Version, bool IsRemoval);
