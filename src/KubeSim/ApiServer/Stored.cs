using KubeSim.Api;

namespace KubeSim.ApiServer;

/// <summary>The place of one object in the store, from its creation to its deletion; indexes hold places, so that an update touches none of them.</summary>
internal sealed class Stored<T>(T value)
    where T : KubernetesObject
{
    /// <summary>The object as it is now; null when it is gone.</summary>
    internal T? Value = value;
}
