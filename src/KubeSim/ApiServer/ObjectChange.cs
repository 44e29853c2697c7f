using KubeSim.Api;

namespace KubeSim.ApiServer;

/// <summary>One change of one object as components get it: also what it was before, so that work can follow the change.</summary>
/// <param name="Type">What happened.</param>
/// <param name="Object">The object as it is now; for a deletion its last state, with the version of the deletion.</param>
/// <param name="Previous">The object before; null for an addition.</param>
internal readonly record struct ObjectChange<T>(WatchEventType Type, T Object, T? Previous)
    where T : KubernetesObject
{
    /// <summary>The store's version with this change; 0 for an object that was there when the subscription began.</summary>
    public long Version { get; init; }
}
