using KubeSim.Api;

namespace KubeSim.ApiServer;

/// <summary>The objects of one kind by the identities of their owners.</summary>
internal sealed class OwnerIndex<T> : IObjectIndex<T>
    where T : KubernetesObject
{
    private readonly Dictionary<string, OrderedObjects<T>> _byOwner = new(StringComparer.Ordinal);

    public void Note(Stored<T> place, T? old, T? now)
    {
        if (old is not null && now is not null && old.Metadata.OwnerReferences == now.Metadata.OwnerReferences)
        {
            return;
        }

        if (old is not null)
        {
            Leave(old);
        }

        if (now is not null)
        {
            Join(place, now);
        }
    }

    internal T[] List(string uid, long version) => _byOwner.TryGetValue(uid, out OrderedObjects<T>? owned) ? owned.List(version) : [];

    private static bool IsOwnedBy(T value, string uid)
    {
        foreach (OwnerReference owner in value.Metadata.OwnerReferences)
        {
            if (owner.Uid == uid)
            {
                return true;
            }
        }

        return false;
    }

    private void Join(Stored<T> place, T value)
    {
        foreach (OwnerReference owner in value.Metadata.OwnerReferences)
        {
            if (!_byOwner.TryGetValue(owner.Uid, out OrderedObjects<T>? owned))
            {
                string uid = owner.Uid;
                _byOwner[uid] = owned = new OrderedObjects<T>(item => IsOwnedBy(item, uid));
            }

            owned.Add(place);
        }
    }

    private void Leave(T value)
    {
        foreach (OwnerReference owner in value.Metadata.OwnerReferences)
        {
            OrderedObjects<T> owned = _byOwner[owner.Uid];
            owned.Remove();
            if (owned.Count == 0)
            {
                _byOwner.Remove(owner.Uid);
            }
        }
    }
}
