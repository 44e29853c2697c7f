using KubeSim.Api;
using KubeSim.ApiServer;
using KubeSim.Simulation;

namespace KubeSim.Controllers.EndpointSliceMirroring;

/// <summary>Keeps EndpointSlices for Endpoints that somebody writes by hand for a Service without a selector.</summary>
/// <source>kubernetes v1.36, pkg/controller/endpointslicemirroring/endpointslicemirroring_controller.go</source>
internal sealed class EndpointSliceMirroringController : IDisposable
{
    private const string Component = "endpointslice-mirroring-controller";

    private readonly KubeApiServer _server;
    private readonly RunLog _log;
    private readonly WorkQueue<NamespacedName> _work;
    private readonly List<IDisposable> _subscriptions = [];

    /// <param name="server">What is watched, and where slices are written.</param>
    /// <param name="queue">Where syncs are scheduled.</param>
    /// <param name="log">Gets a line for each sync that writes, and the warnings.</param>
    /// <param name="watchDelay">From a change until this controller looks at it.</param>
    public EndpointSliceMirroringController(KubeApiServer server, EventQueue queue, RunLog log, TimeSpan watchDelay = default)
    {
        _server = server;
        _log = log;
        _work = new WorkQueue<NamespacedName>(queue, watchDelay, Reconcile);
        _subscriptions.Add(server.Subscribe<Endpoints>(change => Note(change.Object)));
        _subscriptions.Add(server.Subscribe<Service>(OnService));
        _subscriptions.Add(server.Subscribe<EndpointSlice>(OnSlice));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _subscriptions.ForEach(subscription => subscription.Dispose());
        _work.Stop();
    }

    /// <summary>Those that the controller of Endpoints keeps have a Service with a selector: there is nothing to mirror.</summary>
    private void Note(Endpoints endpoints)
    {
        if (!EndpointsObjects.EndpointsReconciler.IsKept(endpoints))
        {
            _work.Note(endpoints.Name);
        }
    }

    private void OnService(ObjectChange<Service> change)
    {
        bool selected = change.Previous is { Spec.Selector.IsAbsent: false };
        if (change.Type == WatchEventType.Deleted || change.Previous is null || selected == change.Object.Spec.Selector.IsAbsent)
        {
            if (_server.Find<Endpoints>(change.Object.Name) is { } endpoints)
            {
                Note(endpoints);
            }
        }
    }

    private void OnSlice(ObjectChange<EndpointSlice> change)
    {
        EndpointSlice slice = change.Object;
        if (IsMirrored(slice) && slice.Metadata.Labels[WellKnownLabels.ServiceName] is { } name)
        {
            _work.Note(new(slice.Metadata.Namespace, name));
        }
    }

    private static bool IsMirrored(EndpointSlice slice) => slice.Metadata.Labels[WellKnownLabels.SliceManagedBy] == WellKnownLabels.EndpointSliceMirroringController;

    private void Reconcile(NamespacedName name)
    {
        EndpointSlice[] existing = [.. _server.InNamespace<EndpointSlice>(name.Namespace).Where(slice =>
            IsMirrored(slice) && slice.Metadata.Labels[WellKnownLabels.ServiceName] == name.Name && slice.Metadata.DeletionTimestamp is null)];
        var changes = new MirroredChanges();
        if (_server.Find<Endpoints>(name) is { } endpoints && MirroringReconciler.IsFor(endpoints, _server.Find<Service>(name)))
        {
            changes = MirroringReconciler.Reconcile(endpoints, existing);
        }
        else
        {
            changes.Deletes.AddRange(existing);
        }

        foreach ((string reason, string message) in changes.Warnings)
        {
            _log.Write(Component, $"{name}: {reason}: {message}");
        }

        if (!changes.IsEmpty)
        {
            Write(name, changes);
        }
    }

    private void Write(NamespacedName name, MirroredChanges changes)
    {
        try
        {
            changes.Creates.ForEach(slice => _server.Create(slice));
            changes.Updates.ForEach(slice => _server.Replace(slice));
            changes.Deletes.ForEach(slice => _server.Delete<EndpointSlice>(slice.Name));
            _log.Write(Component, $"synced {name}: {changes.Creates.Count} created, {changes.Updates.Count} updated, {changes.Deletes.Count} deleted");
        }
        catch (ApiException refusal) when (refusal.Status.Reason != "Conflict")
        {
            // The object says what no slice may say, or the namespace ends.
            _log.Write(Component, $"cannot write slices of {name}: {refusal.Message}");
        }
    }
}
