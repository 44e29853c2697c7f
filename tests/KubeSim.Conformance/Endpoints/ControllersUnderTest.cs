using System.Globalization;
using KubeSim.Api;
using KubeSim.Conformance.Reading;
using KubeSim.Controllers.EndpointSlices;

namespace KubeSim.Conformance.Endpoints;

/// <summary>
/// The controllers' decisions over objects as the case has them, also such as no API server would store. What they decide is put into the objects,
/// and what they remember is kept from step to step.
/// </summary>
internal sealed class ControllersUnderTest(ControllerConfiguration configuration)
{
    private readonly Dictionary<NamespacedName, TriggerTimes> _sliceTimes = [];
    private readonly HashSet<NamespacedName> _created = [];
    private readonly Dictionary<NamespacedName, TriggerTimes> _endpointsTimes = [];
    private readonly HashSet<NamespacedName> _hinted = [];
    private int _names;

    public ControllerConfiguration Configuration => configuration;

    public SortedDictionary<NamespacedName, Service> Services { get; } = [];

    public SortedDictionary<NamespacedName, Pod> Pods { get; } = [];

    public SortedDictionary<string, Node> Nodes { get; } = new(StringComparer.Ordinal);

    public SortedDictionary<NamespacedName, EndpointSlice> Slices { get; } = [];

    public SortedDictionary<NamespacedName, Api.Endpoints> Endpoints { get; } = [];

    /// <summary>Whether a controller made the slice: then only the beginning of its name is known.</summary>
    public bool IsCreated(EndpointSlice slice) => _created.Contains(slice.Name);

    public void Apply(CaseNode? objects)
    {
        foreach (CaseNode one in objects?.Items ?? [])
        {
            switch (KubernetesObjects.Read(one))
            {
                case Service service:
                    Services[service.Name] = service;
                    break;
                case Pod pod:
                    Pods[pod.Name] = pod;
                    break;
                case Node node:
                    Nodes[node.Metadata.Name] = node;
                    break;
                case EndpointSlice slice:
                    Slices[slice.Name] = slice;
                    break;
                case Api.Endpoints endpoints:
                    Endpoints[endpoints.Name] = endpoints;
                    break;
                case var other:
                    throw one.Wrong($"is a {other.Kind}, which no controller of endpoints watches");
            }
        }
    }

    /// <summary>Gives slices that lack it the namespace of the Endpoints that they belong to.</summary>
    public void PlaceMirrored(Api.Endpoints endpoints)
    {
        foreach (EndpointSlice slice in Slices.Values.Where(slice => slice.Metadata.Namespace.Length == 0).ToArray())
        {
            Slices.Remove(slice.Name);
            EndpointSlice placed = slice with { Metadata = slice.Metadata with { Namespace = endpoints.Metadata.Namespace } };
            Slices.Add(placed.Name, placed);
        }
    }

    /// <summary>Takes objects out, given by kind, namespace and name.</summary>
    public void Delete(CaseNode? references)
    {
        foreach (CaseNode one in references?.Items ?? [])
        {
            var name = new NamespacedName(one.Find("namespace")?.Text ?? "", one["name"].Text);
            bool isGone = one["kind"].Text switch
            {
                "Service" => Services.Remove(name),
                "Pod" => Pods.Remove(name),
                "Node" => Nodes.Remove(name.Name),
                "EndpointSlice" => Slices.Remove(name),
                "Endpoints" => Endpoints.Remove(name),
                _ => throw one["kind"].Wrong("is no kind that a controller of endpoints watches"),
            };
            if (!isGone)
            {
                throw one.Wrong("is not there");
            }
        }
    }

    /// <summary>One sync of every controller: Endpoints, EndpointSlices, mirroring.</summary>
    public SyncOutcome Sync()
    {
        var outcome = new SyncOutcome();
        if (configuration.Controllers.Contains("endpoints", StringComparer.Ordinal))
        {
            new EndpointsSync(this, outcome).Run();
        }

        if (configuration.Controllers.Contains("endpointslice", StringComparer.Ordinal))
        {
            foreach (Service service in Services.Values.Where(service => IsWanted(service.Name)).ToArray())
            {
                Sync(service, outcome);
            }
        }

        if (configuration.Controllers.Contains("mirroring", StringComparer.Ordinal))
        {
            new MirroringSync(this, outcome).Run();
        }

        return outcome;
    }

    /// <summary>The Services that there are, and those that there were at an earlier sync.</summary>
    public IEnumerable<NamespacedName> KnownServices => Services.Keys.Union(_endpointsTimes.Keys).Order();

    /// <summary>What the controller of Endpoints remembers of a Service's changes.</summary>
    public TriggerTimes EndpointsTimesOf(NamespacedName name) => TimesOf(_endpointsTimes, name);

    public bool IsWanted(NamespacedName name) => configuration.Keys?.Contains(name) != false;

    /// <summary>The Pods that a Service selects, in the order of their names.</summary>
    public List<Pod> PodsOf(Service service) =>
        [.. Pods.Values.Where(pod => pod.Metadata.Namespace == service.Metadata.Namespace && service.Spec.Selector.All(label => pod.Metadata.Labels[label.Key] == label.Value))];

    /// <summary>Takes in what a controller of slices decided.</summary>
    public void Write(List<EndpointSlice> creates, List<EndpointSlice> updates, List<EndpointSlice> deletes, SyncOutcome outcome)
    {
        foreach (EndpointSlice slice in creates)
        {
            EndpointSlice named = slice with
            {
                Metadata = slice.Metadata with { Name = string.Create(CultureInfo.InvariantCulture, $"{slice.Metadata.GenerateName}made{++_names}"), Uid = "made" },
            };
            Slices.Add(named.Name, named);
            _created.Add(named.Name);
        }

        foreach (EndpointSlice slice in updates)
        {
            Slices[slice.Name] = slice;
        }

        foreach (EndpointSlice slice in deletes)
        {
            Slices.Remove(slice.Name);
        }

        outcome.Slices = new(outcome.Slices.Creates + creates.Count, outcome.Slices.Updates + updates.Count, outcome.Slices.Deletes + deletes.Count);
    }

    private void Sync(Service service, SyncOutcome outcome)
    {
        if (!EndpointSliceReconciler.IsFor(service))
        {
            return;
        }

        List<Pod> pods = PodsOf(service);
        var reconciler = new EndpointSliceReconciler(service, name => Nodes.GetValueOrDefault(name), configuration.MaxEndpointsPerSlice, configuration.HasTopologyHints ? () => ZoneShares.Of(Nodes.Values) : null)
        {
            TopologyHintsWereGiven = _hinted.Contains(service.Name),
        };
        reconciler.Template.TriggerTime = TriggerTimes.Text(TimesOf(_sliceTimes, service.Name).Next(service, pods));
        SliceChanges changes = reconciler.Reconcile(pods, [.. Slices.Values.Where(slice => IsOf(slice, service))]);
        Write(changes.Creates, changes.Updates, changes.Deletes, outcome);
        outcome.Events.AddRange(changes.Events);
        _ = reconciler.TopologyHintsWereGiven ? _hinted.Add(service.Name) : _hinted.Remove(service.Name);
        if (changes.WaitingForNode.Count > 0)
        {
            outcome.HasFailed = true;
            outcome.Events.AddRange(changes.WaitingForNode.Take(1).Select(pod =>
                $"Warning FailedToUpdateEndpointSlices Error updating Endpoint Slices for Service {service.Name}: skipping Pod {pod} for Service {service.Name}: Node {Pods[new(service.Metadata.Namespace, pod)].Spec.NodeName} Not Found"));
        }
    }

    private static TriggerTimes TimesOf(Dictionary<NamespacedName, TriggerTimes> all, NamespacedName name)
    {
        if (!all.TryGetValue(name, out TriggerTimes? times))
        {
            all.Add(name, times = new TriggerTimes());
        }

        return times;
    }

    private static bool IsOf(EndpointSlice slice, Service service) =>
        slice.Metadata.Namespace == service.Metadata.Namespace && slice.Metadata.DeletionTimestamp is null
        && slice.Metadata.Labels[WellKnownLabels.ServiceName] == service.Metadata.Name
        && slice.Metadata.Labels[WellKnownLabels.SliceManagedBy] == WellKnownLabels.EndpointSliceController;
}
