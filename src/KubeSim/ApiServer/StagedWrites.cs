using KubeSim.Api;

namespace KubeSim.ApiServer;

/// <summary>Writes that wait for the rest of their batch. They are found as if they were stored, and nobody hears of them yet.</summary>
internal sealed class StagedWrites(long version)
{
    private readonly List<StagedWrite> _writes = [];
    private readonly Dictionary<(ResourceType Resource, NamespacedName Name), KubernetesObject?> _present = [];

    /// <summary>The store's version before the batch.</summary>
    internal long VersionBefore => version;

    /// <summary>The writes in their order.</summary>
    internal IReadOnlyList<StagedWrite> Writes => _writes;

    internal void Add(StagedWrite write)
    {
        _writes.Add(write);
        _present[(write.Value.Resource, write.Value.Name)] = write.IsRemoval ? null : write.Value;
    }

    /// <summary>Whether the batch has written the object; null where it has removed it.</summary>
    internal bool TryFind(ResourceType resource, NamespacedName name, out KubernetesObject? value) => _present.TryGetValue((resource, name), out value);
}
