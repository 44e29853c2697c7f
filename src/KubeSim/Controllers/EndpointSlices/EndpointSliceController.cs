using KubeSim.Api;
using KubeSim.ApiServer;
using KubeSim.Simulation;

namespace KubeSim.Controllers.EndpointSlices;

/// <summary>
/// Keeps the EndpointSlices of Services that have a selector. A Service is looked at whole when it, its slices or what Nodes
/// say of zones has changed, and else only the Pods that have changed.
/// </summary>
/// <source>kubernetes v1.36, pkg/controller/endpointslice/endpointslice_controller.go</source>
internal sealed class EndpointSliceController : ISelectionListener, IDisposable
{
    /// <summary><c>--max-endpoints-per-slice</c>.</summary>
    public const int DefaultMaxEndpointsPerSlice = 100;

    private const string Component = "endpointslice-controller";

    private readonly KubeApiServer _server;
    private readonly SelectedPods _selected;
    private readonly RunLog _log;
    private readonly WorkSet<NamespacedName> _work;
    private readonly int _most;
    private readonly Dictionary<NamespacedName, ServiceState> _states = [];
    private readonly IDisposable _subscription;
    private readonly List<KeyValuePair<string, Pod?>> _changed = [];

    /// <summary>Listens to the given selection, which must be started afterwards, and to slices at once.</summary>
    /// <param name="server">Where slices are written.</param>
    /// <param name="selected">Services and their Pods.</param>
    /// <param name="queue">Where syncs are scheduled.</param>
    /// <param name="log">Gets a line for each sync that writes.</param>
    /// <param name="watchDelay">From a change of a slice until this controller hears of it.</param>
    /// <param name="batchPeriod">From a change of a Pod to the sync.</param>
    /// <param name="maxEndpointsPerSlice">1 to 1000.</param>
    public EndpointSliceController(
        KubeApiServer server,
        SelectedPods selected,
        EventQueue queue,
        RunLog log,
        TimeSpan watchDelay = default,
        TimeSpan batchPeriod = default,
        int maxEndpointsPerSlice = DefaultMaxEndpointsPerSlice)
    {
        _server = server;
        _selected = selected;
        _log = log;
        _most = maxEndpointsPerSlice;
        _work = new WorkSet<NamespacedName>(queue, batchPeriod, Sync);
        _subscription = server.Subscribe<EndpointSlice>(OnSlice, new WatchScope { Delay = watchDelay });
        selected.Add(this);
    }

    /// <inheritdoc/>
    public void Dispose() => _subscription.Dispose();

    /// <inheritdoc/>
    public void ServiceChanged(NamespacedName service)
    {
        ServiceState state = StateOf(service);
        state.Reconciler = null;
        if (_selected.FindService(service) is null)
        {
            state.TriggerTimes = new TriggerTimes();
        }

        _work.NoteAfter(service, TimeSpan.Zero);
    }

    /// <inheritdoc/>
    public void PodChanged(NamespacedName service, string pod, Pod? now, bool counts)
    {
        StateOf(service).Changed[pod] = now;
        if (counts)
        {
            _work.Note(service);
        }
    }

    /// <inheritdoc/>
    public void NodeAdded()
    {
        foreach ((NamespacedName service, ServiceState state) in _states)
        {
            if (state.WaitsForNode)
            {
                _work.Note(service);
            }
        }
    }

    private void OnSlice(ObjectChange<EndpointSlice> change)
    {
        EndpointSlice slice = change.Object;
        if (OwnerOf(change.Previous) is { } before && before != OwnerOf(slice))
        {
            Seen(before, slice, isGone: true);
        }

        if (OwnerOf(slice) is { } service)
        {
            Seen(service, slice, change.Type == WatchEventType.Deleted || slice.Metadata.DeletionTimestamp is not null);
        }
    }

    /// <summary>Tells own writes, which bring nothing new, from those of others.</summary>
    private void Seen(NamespacedName service, EndpointSlice slice, bool isGone)
    {
        ServiceState state = StateOf(service);
        SliceEntry? entry = state.Slices.Find(slice.Metadata.Name);
        if (entry is { InFlight: > 0 })
        {
            entry.InFlight--;
            return;
        }

        if (entry is null ? isGone || state.IsCreating : !isGone && IsSame(entry.Slice, slice))
        {
            state.IsCreating = false;
            if (entry is not null)
            {
                entry.Slice = slice;
            }

            return;
        }

        if (isGone)
        {
            state.Slices.Remove(slice.Metadata.Name);
        }
        else
        {
            state.Slices.Set(slice);
        }

        state.Reconciler = null;
        _work.Note(service);
    }

    private void Sync(NamespacedName name)
    {
        ServiceState state = StateOf(name);
        Service? service = _selected.FindService(name);
        if (service is null || !EndpointSliceReconciler.IsFor(service))
        {
            Forget(name, state, service);
            return;
        }

        SliceChanges changes = Decide(service, state);
        state.Changed.Clear();
        state.WaitsForNode = changes.WaitingForNode.Count > 0;
        if (state.WaitsForNode)
        {
            state.Reconciler = null;
        }

        foreach (string line in changes.Events)
        {
            _log.Write(Component, $"{name}: {line}");
        }

        if (!changes.IsEmpty)
        {
            Write(service, state, changes);
            _log.Write(Component, $"synced {name.Namespace}/{name.Name}: {changes.Creates.Count} created, {changes.Updates.Count} updated, {changes.Deletes.Count} deleted");
        }
    }

    private SliceChanges Decide(Service service, ServiceState state)
    {
        bool isWhole = state.Reconciler is null or { HasTopologyHints: true } || state.ZonesVersion != _selected.ZonesVersion;
        if (!isWhole)
        {
            _changed.Clear();
            _changed.AddRange(state.Changed);
            if (_changed.Count > 1)
            {
                _changed.Sort(static (left, right) => string.CompareOrdinal(left.Key, right.Key));
            }

            state.Reconciler!.Template.TriggerTime = TriggerTimes.Text(state.TriggerTimes.Next(service, _changed));
            if (SliceFollower.Follow(state.Reconciler, state.Slices, _changed) is { } changes)
            {
                return changes;
            }
        }

        List<Pod> pods = _selected.PodsOf(service);
        string? triggerTime = isWhole ? TriggerTimes.Text(state.TriggerTimes.Next(service, pods)) : state.Reconciler!.Template.TriggerTime;
        state.Reconciler = new EndpointSliceReconciler(service, _selected.FindNode, _most, () => _selected.ZoneShares) { TopologyHintsWereGiven = state.HasTopologyHints };
        state.Reconciler.Template.TriggerTime = triggerTime;
        state.ZonesVersion = _selected.ZonesVersion;
        SliceChanges whole = state.Reconciler.Reconcile(pods, [.. state.Slices.Entries.Select(entry => entry.Slice)]);
        state.HasTopologyHints = state.Reconciler.TopologyHintsWereGiven;
        return whole;
    }

    private void Write(Service service, ServiceState state, SliceChanges changes)
    {
        try
        {
            foreach (EndpointSlice slice in changes.Creates)
            {
                Create(state, slice);
            }

            foreach (EndpointSlice slice in changes.Updates)
            {
                Update(state, slice);
            }

            foreach (EndpointSlice slice in changes.Deletes)
            {
                state.Slices.Remove(slice.Metadata.Name);
                _server.Delete<EndpointSlice>(slice.Name);
            }
        }
        catch (ApiException refusal)
        {
            // Somebody else was faster, or the namespace ends: the watch will tell, and then everything is looked at again.
            state.Reconciler = null;
            state.IsCreating = false;
            _log.Write(Component, $"cannot write slices of {service.Metadata.Namespace}/{service.Metadata.Name}: {refusal.Message}");
        }
    }

    private void Create(ServiceState state, EndpointSlice slice)
    {
        state.IsCreating = true;
        EndpointSlice stored = _server.Create(slice);
        state.Slices.Set(stored).InFlight += state.IsCreating ? 1 : 0;
        state.IsCreating = false;
    }

    private void Update(ServiceState state, EndpointSlice slice)
    {
        EndpointSlice before = state.Slices.Find(slice.Metadata.Name)!.Slice;
        SliceEntry entry = state.Slices.Set(slice);
        entry.InFlight++;
        try
        {
            entry.Slice = _server.Replace(slice);
        }
        catch (ApiException)
        {
            entry.InFlight--;
            state.Slices.Set(before);
            throw;
        }

        // A write that changes nothing is no change, and nobody will tell of it.
        entry.InFlight -= entry.Slice.Metadata.ResourceVersion == before.Metadata.ResourceVersion ? 1 : 0;
    }

    /// <summary>A Service without a selector: its slices, if any, stay as they are.</summary>
    private void Forget(NamespacedName name, ServiceState state, Service? service)
    {
        state.Changed.Clear();
        state.Reconciler = null;
        state.WaitsForNode = false;
        if (service is null && state.Slices.Entries.Count == 0)
        {
            _states.Remove(name);
        }
    }

    private static NamespacedName? OwnerOf(EndpointSlice? slice) =>
        slice?.Metadata.Labels[WellKnownLabels.ServiceName] is { } service
        && slice.Metadata.Labels[WellKnownLabels.SliceManagedBy] == WellKnownLabels.EndpointSliceController
            ? new NamespacedName(slice.Metadata.Namespace, service)
            : default(NamespacedName?);

    private static bool IsSame(EndpointSlice left, EndpointSlice right) =>
        left.Endpoints == right.Endpoints && left.Ports == right.Ports && left.Metadata.Labels == right.Metadata.Labels
        && left.Metadata.OwnerReferences == right.Metadata.OwnerReferences;

    private ServiceState StateOf(NamespacedName service)
    {
        if (!_states.TryGetValue(service, out ServiceState? state))
        {
            state = new ServiceState();
            _states.Add(service, state);
        }

        return state;
    }
}
