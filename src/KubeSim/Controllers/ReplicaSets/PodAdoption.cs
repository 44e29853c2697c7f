using KubeSim.Api;
using KubeSim.ApiServer;
using KubeSim.Simulation;

namespace KubeSim.Controllers.ReplicaSets;

/// <summary>Gives Pods that nobody controls to the ReplicaSet that selects them, and lets go of those that it no longer selects.</summary>
/// <source>kubernetes v1.36, pkg/controller/controller_ref_manager.go</source>
internal sealed class PodAdoption
{
    private const string Component = "replicaset-controller";

    private readonly KubeApiServer _server;
    private readonly RunLog _log;
    private readonly WorkQueue<NamespacedName> _work;
    private readonly UncontrolledObjects _uncontrolled = new();

    public PodAdoption(KubeApiServer server, EventQueue queue, RunLog log, TimeSpan watchDelay)
    {
        _server = server;
        _log = log;
        _work = new WorkQueue<NamespacedName>(queue, watchDelay, Settle);
    }

    public void Stop() => _work.Stop();

    /// <summary>Looks at a Pod again when it is new, or its labels or owners have changed.</summary>
    public void OnPod(Pod? before, Pod? now)
    {
        if (before is not null && now is not null && before.Metadata.Labels == now.Metadata.Labels && before.Metadata.OwnerReferences == now.Metadata.OwnerReferences)
        {
            return;
        }

        _uncontrolled.Note(before, now);

        // A Pod just created by its ReplicaSet matches as a rule, and then there is nothing to settle.
        if (now is not null && !(before is null && IsSelected(now)))
        {
            _work.Note(now.Name);
        }
    }

    /// <summary>Looks at the uncontrolled Pods that a new ReplicaSet selects.</summary>
    public void OnReplicaSet(ReplicaSet set)
    {
        foreach (NamespacedName name in _uncontrolled.In(set.Metadata.Namespace))
        {
            if (_server.Find<Pod>(name) is { } pod && Selectors.Selects(set.Spec.Selector, pod.Metadata.Labels))
            {
                _work.Note(name);
            }
        }
    }

    /// <summary>Takes over the Pods that a ReplicaSet selects and nobody controls, before it creates others.</summary>
    public void Claim(ReplicaSet set)
    {
        foreach (NamespacedName name in _uncontrolled.In(set.Metadata.Namespace).ToArray())
        {
            if (_server.Find<Pod>(name) is { } pod && Selectors.Selects(set.Spec.Selector, pod.Metadata.Labels))
            {
                Settle(name);
            }
        }
    }

    private bool IsSelected(Pod pod) => ControllerOf(pod) is { } set && Selectors.Selects(set.Spec.Selector, pod.Metadata.Labels);

    private ReplicaSet? ControllerOf(Pod pod) => Owners.ControllerOf(pod.Metadata) is { Kind: "ReplicaSet" } owner
        && _server.Find<ReplicaSet>(new(pod.Metadata.Namespace, owner.Name)) is { } set && set.Metadata.Uid == owner.Uid ? set : null;

    private void Settle(NamespacedName name)
    {
        if (_server.Find<Pod>(name) is not { } pod || !PodState.IsActive(pod))
        {
            return;
        }

        if (Owners.ControllerOf(pod.Metadata) is null)
        {
            if (_server.InNamespace<ReplicaSet>(name.Namespace).FirstOrDefault(set => set.Metadata.DeletionTimestamp is null && Selectors.Selects(set.Spec.Selector, pod.Metadata.Labels)) is { } adopter)
            {
                _log.Write(Component, $"{adopter.Name} adopts {name.Name}");
                _server.Replace(pod with { Metadata = pod.Metadata with { OwnerReferences = pod.Metadata.OwnerReferences.Add(Owners.Controlling(adopter)) } });
            }
        }
        else if (ControllerOf(pod) is { } controller && controller.Metadata.DeletionTimestamp is null && !Selectors.Selects(controller.Spec.Selector, pod.Metadata.Labels))
        {
            _log.Write(Component, $"{controller.Name} releases {name.Name}");
            _server.Replace(pod with { Metadata = Owners.Without(pod.Metadata, controller.Metadata.Uid!) });
        }
    }
}
