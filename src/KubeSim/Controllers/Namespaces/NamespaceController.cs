using KubeSim.Api;
using KubeSim.ApiServer;
using KubeSim.Collections;
using KubeSim.Simulation;

namespace KubeSim.Controllers.Namespaces;

/// <summary>Empties a namespace that is being deleted, and lets it go when nothing is left in it.</summary>
/// <source>kubernetes v1.36, pkg/controller/namespace</source>
internal sealed class NamespaceController : IDisposable
{
    private const string Component = "namespace-controller";

    private readonly KubeApiServer _server;
    private readonly VirtualClock _clock;
    private readonly RunLog _log;
    private readonly WorkQueue<string> _work;
    private readonly IDisposable _subscription;

    public NamespaceController(KubeApiServer server, EventQueue queue, VirtualClock clock, RunLog log, TimeSpan watchDelay)
    {
        _server = server;
        _clock = clock;
        _log = log;
        _work = new WorkQueue<string>(queue, watchDelay, Empty);
        _subscription = server.SubscribeToAll(OnChange);
    }

    public void Dispose()
    {
        _subscription.Dispose();
        _work.Stop();
    }

    private void OnChange(ObjectChange<KubernetesObject> change)
    {
        string space = change.Object is Namespace ? change.Object.Metadata.Name : change.Object.Metadata.Namespace;
        bool matters = change.Object is Namespace ? change.Object.Metadata.DeletionTimestamp is not null && change.Previous?.Metadata.DeletionTimestamp is null
            : change.Type == WatchEventType.Deleted;
        if (matters && Terminating(space) is not null)
        {
            _work.Note(space);
        }
    }

    private Namespace? Terminating(string space) =>
        space.Length > 0 && _server.Find<Namespace>(new("", space)) is { Metadata.DeletionTimestamp: not null } found ? found : null;

    private void Empty(string space)
    {
        if (Terminating(space) is null)
        {
            return;
        }

        foreach (KubernetesObject value in _server.InNamespace(space))
        {
            // Deleting one object may take others along.
            if (value.Metadata.DeletionTimestamp is null && _server.Find(value.Resource, value.Name)?.Metadata.Uid == value.Metadata.Uid)
            {
                _server.Delete(value.Resource, value.Name, new DeleteOptions { PropagationPolicy = "Background" });
            }
        }

        IReadOnlyList<KubernetesObject> remaining = _server.InNamespace(space);
        if (remaining.Count == 0)
        {
            _log.Write(Component, $"{space} is empty");
            _server.FinalizeNamespace(space);
            return;
        }

        _log.Write(Component, $"{space} still holds {remaining.Count} objects");
        Namespace found = Terminating(space)!;
        EquatableArray<Condition> conditions = NamespaceConditions.With(found.Status.Conditions, remaining, ObjectCreation.WholeSeconds(_clock));
        if (conditions != found.Status.Conditions)
        {
            _server.ReplaceStatus(found with { Status = found.Status with { Conditions = conditions } });
        }
    }
}
