using KubeSim.Api;

namespace KubeSim.ApiServer;

/// <summary>What is kept up to date with the objects of one kind.</summary>
internal interface IObjectIndex<T>
    where T : KubernetesObject
{
    /// <summary>An object was stored or removed.</summary>
    /// <param name="place">Its place; already as it is now.</param>
    /// <param name="old">What it was; null for a new one.</param>
    /// <param name="now">What it is; null for one that is gone.</param>
    void Note(Stored<T> place, T? old, T? now);
}
