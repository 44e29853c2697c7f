using KubeSim.Api;
using KubeSim.ApiServer;
using KubeSim.Simulation;

namespace KubeSim.Controllers.GarbageCollection;

/// <summary>
/// Deletes what belongs to nothing any more: after its owner, or before it where the owner is deleted in the foreground; or lets it go where the
/// owner leaves orphans.
/// </summary>
/// <source>kubernetes v1.36, pkg/controller/garbagecollector</source>
internal sealed class GarbageCollector : IDisposable
{
    private const string Component = "garbage-collector";

    private readonly KubeApiServer _server;
    private readonly RunLog _log;
    private readonly WorkQueue<ObjectKey> _work;
    private readonly IDisposable _subscription;

    public GarbageCollector(KubeApiServer server, EventQueue queue, RunLog log, TimeSpan watchDelay)
    {
        _server = server;
        _log = log;
        _work = new WorkQueue<ObjectKey>(queue, watchDelay, Look);
        _subscription = server.SubscribeToAll(OnChange);
    }

    public void Dispose()
    {
        _subscription.Dispose();
        _work.Stop();
    }

    private void OnChange(ObjectChange<KubernetesObject> change)
    {
        KubernetesObject value = change.Object;
        if (change.Type == WatchEventType.Deleted)
        {
            NoteAll(_server.OwnedBy(value.Metadata.Uid!));
            NoteOwners(value);
        }
        else if (Garbage.IsHeldBy(value, Garbage.Foreground) || Garbage.IsHeldBy(value, Garbage.Orphan))
        {
            _work.Note(ObjectKey.Of(value));
        }
        else if (change.Previous is null || change.Previous.Metadata.OwnerReferences != value.Metadata.OwnerReferences)
        {
            NoteIfOrphaned(value);
            NoteOwners(change.Previous);
        }
    }

    private void NoteAll(IEnumerable<KubernetesObject> objects)
    {
        foreach (KubernetesObject value in objects)
        {
            _work.Note(ObjectKey.Of(value));
        }
    }

    /// <summary>An owner in the foreground may be waiting for just this object.</summary>
    private void NoteOwners(KubernetesObject? value)
    {
        foreach (OwnerReference owner in value?.Metadata.OwnerReferences ?? default)
        {
            if (StateOf(value!, owner) == OwnerState.WaitsForDependents)
            {
                _work.Note(ObjectKey.Of(owner, value!.Metadata.Namespace));
            }
        }
    }

    private void NoteIfOrphaned(KubernetesObject value)
    {
        foreach (OwnerReference owner in value.Metadata.OwnerReferences)
        {
            if (StateOf(value, owner) != OwnerState.Solid)
            {
                _work.Note(ObjectKey.Of(value));
                return;
            }
        }
    }

    private OwnerState StateOf(KubernetesObject value, OwnerReference owner)
    {
        ObjectKey key = ObjectKey.Of(owner, value.Metadata.Namespace);
        return Garbage.StateOf(owner, _server.Find(key.Resource, key.Name));
    }

    private void Look(ObjectKey key)
    {
        if (_server.Find(key.Resource, key.Name) is not { } value)
        {
            return;
        }

        if (Garbage.IsHeldBy(value, Garbage.Orphan))
        {
            LetGo(value);
        }
        else if (Garbage.IsHeldBy(value, Garbage.Foreground))
        {
            TakeAlong(value);
        }
        else if (value.Metadata.DeletionTimestamp is null)
        {
            Collect(value);
        }
    }

    /// <summary>Takes the owner out of its dependents, and then the finalizer that asked for it.</summary>
    private void LetGo(KubernetesObject owner)
    {
        foreach (KubernetesObject dependent in _server.OwnedBy(owner.Metadata.Uid!))
        {
            _log.Write(Component, $"{ObjectKey.Of(dependent)} is orphaned by {ObjectKey.Of(owner)}");
            _server.Replace(dependent with { Metadata = Owners.Without(dependent.Metadata, owner.Metadata.Uid!) });
        }

        _server.Replace(Garbage.Without(owner, Garbage.Orphan));
    }

    /// <summary>Sees to the dependents; when none of them blocks any more, the owner may go.</summary>
    private void TakeAlong(KubernetesObject owner)
    {
        string uid = owner.Metadata.Uid!;
        bool isBlocked = false;
        foreach (KubernetesObject dependent in _server.OwnedBy(uid))
        {
            isBlocked |= Garbage.Blocks(dependent, uid);
            if (dependent.Metadata.DeletionTimestamp is null)
            {
                _work.Note(ObjectKey.Of(dependent));
            }
        }

        if (!isBlocked)
        {
            _server.Replace(Garbage.Without(owner, Garbage.Foreground));
        }
    }

    /// <summary>Deletes an object that has owners and none that stays; one that has keeps only references to those.</summary>
    private void Collect(KubernetesObject value)
    {
        var solid = new List<OwnerReference>();
        bool isWaitedFor = false;
        foreach (OwnerReference owner in value.Metadata.OwnerReferences)
        {
            OwnerState state = StateOf(value, owner);
            isWaitedFor |= state == OwnerState.WaitsForDependents;
            if (state == OwnerState.Solid)
            {
                solid.Add(owner);
            }
        }

        if (solid.Count == value.Metadata.OwnerReferences.Length)
        {
            return;
        }

        if (solid.Count > 0)
        {
            _server.Replace(value with { Metadata = value.Metadata with { OwnerReferences = [.. solid] } });
            return;
        }

        string propagation = Garbage.Propagation(value, isWaitedFor, isWaitedFor && _server.OwnedBy(value.Metadata.Uid!).Count > 0);
        _log.Write(Component, $"{ObjectKey.Of(value)} has no owner any more: {propagation}");
        _server.Delete(value.Resource, value.Name, new DeleteOptions { PropagationPolicy = propagation, Uid = value.Metadata.Uid });
    }
}
