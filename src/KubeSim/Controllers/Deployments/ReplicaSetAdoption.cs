using KubeSim.Api;
using KubeSim.ApiServer;
using KubeSim.Simulation;

namespace KubeSim.Controllers.Deployments;

/// <summary>Gives ReplicaSets that nobody controls to the Deployment that selects them, and lets go of those that it no longer selects.</summary>
/// <source>kubernetes v1.36, pkg/controller/controller_ref_manager.go</source>
internal sealed class ReplicaSetAdoption
{
    private const string Component = "deployment-controller";

    private readonly KubeApiServer _server;
    private readonly RunLog _log;
    private readonly WorkQueue<NamespacedName> _work;
    private readonly UncontrolledObjects _uncontrolled = new();

    public ReplicaSetAdoption(KubeApiServer server, EventQueue queue, RunLog log, TimeSpan watchDelay)
    {
        _server = server;
        _log = log;
        _work = new WorkQueue<NamespacedName>(queue, watchDelay, Settle);
    }

    public void Stop() => _work.Stop();

    /// <summary>Looks at a ReplicaSet again when it is new, or its labels or owners have changed.</summary>
    public void OnReplicaSet(ReplicaSet? before, ReplicaSet? now)
    {
        _uncontrolled.Note(before, now);
        if (now is not null && (before is null || before.Metadata.Labels != now.Metadata.Labels || before.Metadata.OwnerReferences != now.Metadata.OwnerReferences))
        {
            _work.Note(now.Name);
        }
    }

    /// <summary>Takes over the ReplicaSets that a Deployment selects and nobody controls, before it looks at what it has.</summary>
    public void Claim(Deployment deployment)
    {
        foreach (NamespacedName name in _uncontrolled.In(deployment.Metadata.Namespace).ToArray())
        {
            if (_server.Find<ReplicaSet>(name) is { } set && MayOwn(deployment, set))
            {
                Settle(name);
            }
        }
    }

    private void Settle(NamespacedName name)
    {
        if (_server.Find<ReplicaSet>(name) is not { Metadata.DeletionTimestamp: null } set)
        {
            return;
        }

        OwnerReference? owner = Owners.ControllerOf(set.Metadata);
        if (owner is null)
        {
            if (_server.InNamespace<Deployment>(name.Namespace).FirstOrDefault(deployment => MayOwn(deployment, set)) is { } adopter)
            {
                _log.Write(Component, $"{adopter.Name} adopts {name.Name}");
                _server.Replace(set with { Metadata = set.Metadata with { OwnerReferences = set.Metadata.OwnerReferences.Add(Owners.Controlling(adopter)) } });
            }
        }
        else if (owner.Kind == "Deployment" && _server.Find<Deployment>(new(name.Namespace, owner.Name)) is { } controller
            && controller.Metadata.Uid == owner.Uid && !Selectors.Selects(controller.Spec.Selector, set.Metadata.Labels))
        {
            _log.Write(Component, $"{controller.Name} releases {name.Name}");
            _server.Replace(set with { Metadata = Owners.Without(set.Metadata, owner.Uid) });
        }
    }

    private static bool MayOwn(Deployment deployment, ReplicaSet set) =>
        deployment.Metadata.DeletionTimestamp is null && Selectors.Selects(deployment.Spec.Selector, set.Metadata.Labels);
}
