using KubeSim.Api;
using KubeSim.ApiServer;
using KubeSim.Controllers.EndpointSlices;
using KubeSim.Simulation;

namespace KubeSim.Controllers.EndpointsObjects;

/// <summary>
/// Keeps the Endpoints object of each Service that has a selector. An object with more addresses than it can hold is written
/// at most once in <see cref="OverCapacityPeriod"/> of virtual time: nothing in a cluster relies on it, and writing a thousand
/// addresses for each Pod that flips would cost more than all else that follows from the flip.
/// </summary>
/// <source>kubernetes v1.36, pkg/controller/endpoint/endpoints_controller.go</source>
internal sealed class EndpointsController : ISelectionListener, IDisposable
{
    /// <summary>As if <c>--endpoint-updates-batch-period</c> were this for Services over capacity.</summary>
    public static readonly TimeSpan OverCapacityPeriod = TimeSpan.FromSeconds(1);

    private const string Component = "endpoints-controller";

    private readonly KubeApiServer _server;
    private readonly SelectedPods _selected;
    private readonly RunLog _log;
    private readonly WorkSet<NamespacedName> _work;
    private readonly Dictionary<NamespacedName, EndpointsState> _states = [];
    private readonly IDisposable _subscription;
    private NamespacedName? _writing;

    /// <summary>Listens to the given selection, which must be started afterwards, and to Endpoints at once.</summary>
    public EndpointsController(KubeApiServer server, SelectedPods selected, EventQueue queue, RunLog log, TimeSpan watchDelay = default, TimeSpan batchPeriod = default)
    {
        _server = server;
        _selected = selected;
        _log = log;
        _work = new WorkSet<NamespacedName>(queue, batchPeriod, Sync);
        _subscription = server.Subscribe<Endpoints>(OnEndpoints, new WatchScope { Delay = watchDelay });
        selected.Add(this);
    }

    /// <inheritdoc/>
    public void Dispose() => _subscription.Dispose();

    /// <inheritdoc/>
    public void ServiceChanged(NamespacedName service)
    {
        StateOf(service).Reconciler = null;
        _work.NoteAfter(service, TimeSpan.Zero);
    }

    /// <inheritdoc/>
    public void PodChanged(NamespacedName service, string pod, Pod? now, bool counts)
    {
        EndpointsState state = StateOf(service);
        state.Changed[pod] = now;
        if (!counts)
        {
            return;
        }

        if (state.Members.Count > EndpointsReconciler.Capacity)
        {
            _work.NoteAfter(service, OverCapacityPeriod);
        }
        else
        {
            _work.Note(service);
        }
    }

    /// <inheritdoc/>
    public void NodeAdded()
    {
    }

    /// <summary>Somebody changed or deleted an object that this controller keeps.</summary>
    private void OnEndpoints(ObjectChange<Endpoints> change)
    {
        NamespacedName name = change.Object.Name;
        if (change.Type != WatchEventType.Added && _writing != name && _states.ContainsKey(name))
        {
            _work.Note(name);
        }
    }

    private void Sync(NamespacedName name)
    {
        EndpointsState state = StateOf(name);
        Service? service = _selected.FindService(name);
        if (service is null || !EndpointSliceReconciler.IsFor(service))
        {
            _states.Remove(name);
            if (service is null && _server.Find<Endpoints>(name) is not null)
            {
                Write(name, "deleted", () => _server.Delete<Endpoints>(name));
            }

            return;
        }

        string? triggerTime = Update(service, state, _selected);
        Endpoints? existing = _server.Find<Endpoints>(name);
        if (state.Reconciler!.Reconcile(state.Members, existing, triggerTime) is not { } wanted)
        {
            return;
        }

        if (existing is null)
        {
            Write(name, "created", () => _server.Create(wanted));
        }
        else
        {
            Write(name, "updated", () => _server.Replace(wanted));
        }
    }

    /// <summary>Brings what Pods contribute up to date, and says when the change happened from which this sync follows.</summary>
    private static string? Update(Service service, EndpointsState state, SelectedPods selected)
    {
        DateTimeOffset? time;
        if (state.Reconciler is null)
        {
            state.Reconciler = new EndpointsReconciler(service);
            List<Pod> pods = selected.PodsOf(service);
            state.Fill(pods, state.Reconciler);
            time = state.TriggerTimes.Next(service, pods);
        }
        else
        {
            foreach ((string pod, Pod? now) in state.Changed)
            {
                state.Set(pod, now is null ? null : state.Reconciler.MemberOf(now));
            }

            time = state.TriggerTimes.Next(service, [.. state.Changed]);
        }

        state.Changed.Clear();
        return TriggerTimes.Text(time);
    }

    private void Write(NamespacedName name, string what, Action write)
    {
        _writing = name;
        try
        {
            write();
            _log.Write(Component, $"{what} {name.Namespace}/{name.Name}");
        }
        catch (ApiException refusal)
        {
            // The namespace ends, or somebody else was faster: then the watch tells of that.
            _log.Write(Component, $"{name.Namespace}/{name.Name} not {what}: {refusal.Message}");
        }
        finally
        {
            _writing = null;
        }
    }

    private EndpointsState StateOf(NamespacedName service)
    {
        if (!_states.TryGetValue(service, out EndpointsState? state))
        {
            state = new EndpointsState();
            _states.Add(service, state);
        }

        return state;
    }
}
