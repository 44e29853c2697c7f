using KubeSim.Api;
using KubeSim.ApiServer;
using KubeSim.Simulation;

namespace KubeSim.Controllers.Deployments;

/// <summary>Keeps the ReplicaSets of each Deployment: one for each template it had, the present one growing, the others shrinking.</summary>
/// <source>kubernetes v1.36, pkg/controller/deployment</source>
internal sealed class DeploymentController : IDisposable
{
    private const string Component = "deployment-controller";

    // Times in conditions are whole seconds: only in the next one the deadline has passed.
    private static readonly TimeSpan OneSecond = TimeSpan.FromSeconds(1);

    private readonly KubeApiServer _server;
    private readonly EventQueue _queue;
    private readonly VirtualClock _clock;
    private readonly RunLog _log;
    private readonly WorkQueue<NamespacedName> _work;
    private readonly ReplicaSetAdoption _adoption;
    private readonly SortedDictionary<NamespacedName, EventHandle> _deadlines = [];
    private readonly IDisposable[] _subscriptions;

    public DeploymentController(KubeApiServer server, EventQueue queue, VirtualClock clock, RunLog log, TimeSpan watchDelay)
    {
        _server = server;
        _queue = queue;
        _clock = clock;
        _log = log;
        _work = new WorkQueue<NamespacedName>(queue, watchDelay, Reconcile);
        _adoption = new ReplicaSetAdoption(server, queue, log, watchDelay);
        _subscriptions =
        [
            server.Subscribe<Deployment>(OnDeployment),
            server.Subscribe<ReplicaSet>(OnReplicaSet),
            server.Subscribe<Pod>(OnPod),
        ];
    }

    public void Dispose()
    {
        foreach (IDisposable subscription in _subscriptions)
        {
            subscription.Dispose();
        }

        foreach (EventHandle deadline in _deadlines.Values)
        {
            _queue.Cancel(deadline);
        }

        _deadlines.Clear();
        _work.Stop();
        _adoption.Stop();
    }

    private void OnDeployment(ObjectChange<Deployment> change) => _work.Note(change.Object.Name);

    private void OnReplicaSet(ObjectChange<ReplicaSet> change)
    {
        NoteOwner(change.Object);
        _adoption.OnReplicaSet(change.Previous, change.Type == WatchEventType.Deleted ? null : change.Object);
    }

    /// <summary>Recreate waits for the last old Pod, which no ReplicaSet counts any more.</summary>
    private void OnPod(ObjectChange<Pod> change)
    {
        bool ends = change.Type == WatchEventType.Deleted || (!PodState.IsLive(change.Object) && change.Previous is { } before && PodState.IsLive(before));
        if (ends && Owners.ControllerOf(change.Object.Metadata) is { Kind: "ReplicaSet" } owner
            && _server.Find<ReplicaSet>(new(change.Object.Metadata.Namespace, owner.Name)) is { } set && ReplicaSetSizes.Wanted(set) == 0)
        {
            NoteOwner(set);
        }
    }

    private void NoteOwner(ReplicaSet set)
    {
        if (Owners.ControllerOf(set.Metadata) is { Kind: "Deployment" } owner)
        {
            _work.Note(new(set.Metadata.Namespace, owner.Name));
        }
    }

    private void Reconcile(NamespacedName name)
    {
        Deployment? deployment = _server.Find<Deployment>(name);
        if (deployment is not null)
        {
            _adoption.Claim(deployment);
            IEnumerable<ReplicaSet> owned = _server.OwnedBy<ReplicaSet>(deployment.Metadata.Uid!).Where(set => Owners.ControllerOf(set.Metadata)?.Uid == deployment.Metadata.Uid);
            bool IsTaken(string set) => _server.Find<ReplicaSet>(new(name.Namespace, set)) is not null;
            Carry(deployment, DeploymentReconciler.Reconcile(deployment, owned, HasPods, IsTaken, ObjectCreation.WholeSeconds(_clock)));
        }

        WatchDeadline(name, deployment is null ? null : _server.Find<Deployment>(name));
    }

    private bool HasPods(ReplicaSet set)
    {
        foreach (Pod pod in _server.OwnedBy<Pod>(set.Metadata.Uid!))
        {
            if (PodState.IsLive(pod))
            {
                return true;
            }
        }

        return false;
    }

    private void Carry(Deployment deployment, DeploymentPlan plan)
    {
        if (plan.Create is { } created)
        {
            _log.Write(Component, $"{deployment.Name} creates {created.Metadata.Name} with {ReplicaSetSizes.Wanted(created)} replicas");
            try
            {
                _server.Create(created);
            }
            catch (ApiException refusal)
            {
                _log.Write(Component, $"{deployment.Name} failed: {refusal.Message}");
                return;
            }
        }

        foreach (ReplicaSet changed in plan.Replace)
        {
            _log.Write(Component, $"{deployment.Name} scales {changed.Metadata.Name} to {ReplicaSetSizes.Wanted(changed)}");
            _server.Replace(changed);
        }

        foreach (ReplicaSet old in plan.Delete)
        {
            _log.Write(Component, $"{deployment.Name} forgets {old.Metadata.Name}");
            _server.Delete<ReplicaSet>(old.Name, new DeleteOptions { Uid = old.Metadata.Uid });
        }

        if (plan.Revision is { } revision)
        {
            deployment = _server.Replace(deployment with
            {
                Metadata = deployment.Metadata with { Annotations = deployment.Metadata.Annotations.With(DeploymentAnnotations.Revision, revision) },
            });
        }

        if (plan.Status != deployment.Status)
        {
            _server.ReplaceStatus(deployment with { Status = plan.Status });
        }
    }

    /// <summary>Looks again when the rollout ought to have moved; a rollout that is complete leaves nothing behind.</summary>
    private void WatchDeadline(NamespacedName name, Deployment? deployment)
    {
        if (_deadlines.Remove(name, out EventHandle last))
        {
            _queue.Cancel(last);
        }

        if (deployment is not null && deployment.Spec.Paused != true && ProgressCondition.Deadline(deployment, deployment.Status.Conditions) is { } deadline)
        {
            TimeSpan due = deadline - _clock.Start + OneSecond;
            _deadlines[name] = _queue.Schedule(due > _queue.Now ? due : _queue.After(OneSecond), _ => _work.NoteAfter(name, TimeSpan.Zero));
        }
    }
}
