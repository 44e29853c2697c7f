using KubeSim.Api;
using KubeSim.Controllers.EndpointSliceMirroring;

namespace KubeSim.Conformance.Endpoints;

/// <summary>One sync of the controller that mirrors Endpoints.</summary>
internal sealed class MirroringSync(ControllersUnderTest world, SyncOutcome outcome)
{
    public void Run()
    {
        foreach (NamespacedName name in world.Configuration.Keys ?? [.. world.Services.Keys.Union(world.Endpoints.Keys).Order()])
        {
            Sync(name);
        }
    }

    private void Sync(NamespacedName name)
    {
        Api.Endpoints? endpoints = world.Endpoints.GetValueOrDefault(name);
        if (world.Configuration.MirrorsAllSlices && endpoints is not null)
        {
            world.PlaceMirrored(endpoints);
        }

        EndpointSlice[] existing = [.. world.Slices.Values.Where(slice => world.Configuration.MirrorsAllSlices || IsOf(slice, name))];
        if (endpoints is null || !(world.Configuration.MirrorsAllSlices || MirroringReconciler.IsFor(endpoints, world.Services.GetValueOrDefault(name))))
        {
            world.Write([], [], [.. existing], outcome);
            return;
        }

        MirroredChanges changes = MirroringReconciler.Reconcile(endpoints, existing, world.Configuration.MaxMirroredPerSubset);
        world.Write(changes.Creates, changes.Updates, changes.Deletes, outcome);
        outcome.Events.AddRange(changes.Warnings.Select(warning => $"Warning {warning.Reason} {warning.Message}"));
    }

    private static bool IsOf(EndpointSlice slice, NamespacedName name) =>
        slice.Metadata.Namespace == name.Namespace && slice.Metadata.Labels[WellKnownLabels.ServiceName] == name.Name
        && slice.Metadata.Labels[WellKnownLabels.SliceManagedBy] == WellKnownLabels.EndpointSliceMirroringController && slice.Metadata.DeletionTimestamp is null;
}
