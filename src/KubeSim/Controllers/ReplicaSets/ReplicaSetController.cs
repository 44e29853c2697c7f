using KubeSim.Api;
using KubeSim.ApiServer;
using KubeSim.Simulation;

namespace KubeSim.Controllers.ReplicaSets;

/// <summary>Keeps each ReplicaSet at its number of Pods, and says in its status how many there are.</summary>
/// <source>kubernetes v1.36, pkg/controller/replicaset</source>
internal sealed class ReplicaSetController : IDisposable
{
    private const string Component = "replicaset-controller";

    private readonly KubeApiServer _server;
    private readonly VirtualClock _clock;
    private readonly RunLog _log;
    private readonly WorkQueue<NamespacedName> _work;
    private readonly PodAdoption _adoption;
    private readonly Dictionary<string, PodTally> _tallies = new(StringComparer.Ordinal);
    private readonly IDisposable[] _subscriptions;

    public ReplicaSetController(KubeApiServer server, EventQueue queue, VirtualClock clock, RunLog log, TimeSpan watchDelay)
    {
        _server = server;
        _clock = clock;
        _log = log;
        _work = new WorkQueue<NamespacedName>(queue, watchDelay, Reconcile);
        _adoption = new PodAdoption(server, queue, log, watchDelay);
        _subscriptions = [server.Subscribe<Pod>(OnPod), server.Subscribe<ReplicaSet>(OnReplicaSet)];
    }

    public void Dispose()
    {
        foreach (IDisposable subscription in _subscriptions)
        {
            subscription.Dispose();
        }

        _work.Stop();
        _adoption.Stop();
    }

    private void OnReplicaSet(ObjectChange<ReplicaSet> change)
    {
        // A change of the status alone is this controller's own.
        if (change.Previous is null || !ReferenceEquals(change.Object.Spec, change.Previous.Spec)
            || change.Object.Metadata.DeletionTimestamp != change.Previous.Metadata.DeletionTimestamp)
        {
            _work.Note(change.Object.Name);
        }

        if (change.Type == WatchEventType.Added)
        {
            _adoption.OnReplicaSet(change.Object);
        }
    }

    private void OnPod(ObjectChange<Pod> change)
    {
        Pod? now = change.Type == WatchEventType.Deleted ? null : change.Object;
        OwnerReference? before = OwnerOf(change.Previous);
        OwnerReference? after = OwnerOf(now);
        if (before is null || after is null || before.Uid != after.Uid
            || PodState.IsActive(change.Previous!) != PodState.IsActive(now!) || PodState.IsReady(change.Previous!) != PodState.IsReady(now!))
        {
            Count(change.Previous, before, -1);
            Count(now, after, 1);
        }

        _adoption.OnPod(change.Previous, now);
    }

    private void Count(Pod? pod, OwnerReference? owner, int one)
    {
        if (pod is null || owner is null)
        {
            return;
        }

        if (!_tallies.TryGetValue(owner.Uid, out PodTally? tally))
        {
            _tallies[owner.Uid] = tally = new PodTally();
        }

        tally.Count(PodState.IsActive(pod), PodState.IsReady(pod), one);
        if (tally.Owned == 0)
        {
            _tallies.Remove(owner.Uid);
        }

        _work.Note(new(pod.Metadata.Namespace, owner.Name));
    }

    private void Reconcile(NamespacedName name)
    {
        if (_server.Find<ReplicaSet>(name) is not { } set)
        {
            return;
        }

        Condition? failure = set.Metadata.DeletionTimestamp is null ? Manage(set) : null;
        int ready = _tallies.TryGetValue(set.Metadata.Uid!, out PodTally? tally) ? tally.Ready : 0;
        ReplicaSetStatus status = ReplicaSetReconciler.Status(set, ActiveOf(set), ready, Available(set, ready), failure);
        if (status != set.Status)
        {
            _server.ReplaceStatus(set with { Status = status });
        }
    }

    private int ActiveOf(ReplicaSet set) => _tallies.TryGetValue(set.Metadata.Uid!, out PodTally? tally) ? tally.Active : 0;

    private int SurplusOf(ReplicaSet set) => ActiveOf(set) - (set.Spec.Replicas ?? 1);

    /// <summary>Creates the Pods that are missing, or deletes those that are too many; what the server says against it becomes a condition.</summary>
    private Condition? Manage(ReplicaSet set)
    {
        if (SurplusOf(set) < 0)
        {
            _adoption.Claim(set);
        }

        int surplus = SurplusOf(set);
        try
        {
            if (surplus < 0)
            {
                Create(set, -surplus);
            }
            else if (surplus > 0)
            {
                Delete(set, surplus);
            }

            return null;
        }
        catch (ApiException refusal)
        {
            _log.Write(Component, $"{set.Name} failed: {refusal.Message}");
            return new Condition
            {
                Type = "ReplicaFailure",
                Status = ConditionStatus.True,
                Reason = surplus < 0 ? "FailedCreate" : "FailedDelete",
                Message = refusal.Message,
                LastTransitionTime = ObjectCreation.WholeSeconds(_clock),
            };
        }
    }

    private void Create(ReplicaSet set, int missing)
    {
        _log.Write(Component, $"{set.Name} creates {missing} pods");
        Pod pod = ReplicaSetReconciler.NewPod(set);
        for (int i = 0; i < missing; i++)
        {
            _server.Create(pod);
        }
    }

    private void Delete(ReplicaSet set, int surplus)
    {
        _log.Write(Component, $"{set.Name} deletes {surplus} pods");
        List<Pod> active = [.. _server.OwnedBy<Pod>(set.Metadata.Uid!).Where(pod => IsOf(pod, set) && PodState.IsActive(pod))];
        if (surplus < active.Count)
        {
            active.Sort(new PodDeletionOrder(SiblingsOf(set), _clock.GetUtcNow()));
        }

        foreach (Pod pod in active.Take(surplus))
        {
            _server.Delete<Pod>(pod.Name, new DeleteOptions { Uid = pod.Metadata.Uid });
        }
    }

    /// <summary>How many active Pods of all ReplicaSets of the same Deployment each node has.</summary>
    private Dictionary<string, int> SiblingsOf(ReplicaSet set)
    {
        var siblings = new Dictionary<string, int>(StringComparer.Ordinal);
        IEnumerable<ReplicaSet> related = Owners.ControllerOf(set.Metadata) is { } owner ? _server.OwnedBy<ReplicaSet>(owner.Uid) : [set];
        foreach (Pod pod in related.SelectMany(other => _server.OwnedBy<Pod>(other.Metadata.Uid!)))
        {
            if (pod.Spec.NodeName is { Length: > 0 } node && PodState.IsActive(pod))
            {
                siblings[node] = siblings.GetValueOrDefault(node) + 1;
            }
        }

        return siblings;
    }

    /// <summary>How many Pods are available; where that takes time, the next of them brings the next pass.</summary>
    private int Available(ReplicaSet set, int ready)
    {
        if (set.Spec.MinReadySeconds is not > 0)
        {
            return ready;
        }

        DateTimeOffset now = _clock.GetUtcNow();
        (int available, DateTimeOffset? next) = ReplicaSetReconciler.Available(
            _server.OwnedBy<Pod>(set.Metadata.Uid!).Where(pod => IsOf(pod, set)), set.Spec.MinReadySeconds.Value, now);
        if (next is { } time)
        {
            _work.NoteAfter(set.Name, time - now);
        }

        return available;
    }

    private static bool IsOf(Pod pod, ReplicaSet set) => Owners.ControllerOf(pod.Metadata)?.Uid == set.Metadata.Uid;

    private static OwnerReference? OwnerOf(Pod? pod) =>
        pod is not null && Owners.ControllerOf(pod.Metadata) is { Kind: "ReplicaSet" } owner ? owner : null;
}
